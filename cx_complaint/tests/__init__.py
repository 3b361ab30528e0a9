from . import test_returns_quarantine
