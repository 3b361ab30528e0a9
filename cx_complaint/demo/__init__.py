from . import teller
from . import story_small_batch
from . import story_repaired_pump
from . import story_kit_in_parts
from . import story_credit_abroad
from . import story_bonded_return
from . import story_after_returns
from . import story_open_cases
