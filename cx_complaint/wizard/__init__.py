from . import approval_sign
from . import complaint_cancel
from . import complaint_intake
from . import complaint_reopen
from . import control_list
from . import disposition_release
from . import rma_reason
from . import settlement_revise
