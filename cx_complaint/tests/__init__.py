from . import test_case_life
from . import test_returns_quarantine
