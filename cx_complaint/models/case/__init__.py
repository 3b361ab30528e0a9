from . import guard
from . import transition_mixin
from . import approval
from . import paper
from . import complaint
from . import complaint_line
from . import complaint_reference
