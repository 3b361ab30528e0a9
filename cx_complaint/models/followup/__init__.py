from . import contact
from . import contact_question
from . import complaint_events
from . import rma_question
from . import desk
