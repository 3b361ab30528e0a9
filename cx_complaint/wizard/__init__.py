from . import approval_sign
from . import complaint_cancel
from . import complaint_intake
from . import complaint_reopen
from . import rma_reason
