# the rooms, in the order in which they may know each other
from . import procedure
from . import case
from . import returns
from . import settlement
from . import followup
from . import erp
