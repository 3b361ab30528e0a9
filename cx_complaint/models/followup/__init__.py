from . import contact
from . import contact_question
from . import rma_question
from . import desk
