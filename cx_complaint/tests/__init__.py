from . import test_case_life
from . import test_returns_quarantine
from . import test_quality_schemes
from . import test_papers_forms
from . import test_papers_issue
