from . import rma
from . import rma_line
from . import rma_line_goods
from . import inspection
from . import inspection_line
from . import rework_scheme
from . import disposition
