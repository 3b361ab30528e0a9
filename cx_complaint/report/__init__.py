from . import control_list
from . import ir_actions_report
from . import paper_report
from . import rma_paper
from . import rma_line_label
from . import inspection_paper
from . import production_traveller
