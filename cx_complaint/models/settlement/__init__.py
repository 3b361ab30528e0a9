from . import settlement
from . import settlement_verbs
from . import settlement_caps
from . import settlement_replacement
from . import settlement_credit
from . import settlement_links
from . import complaint_line_settlement
from . import disposition_made_good
