"""A pytest plugin: tests that need a web server go to the browser lane, all others to the unit lane."""

import os


def pytest_collection_modifyitems(config, items):
    from odoo.tests.common import HttpCase

    wants_browser = os.environ["CX_LANE"] == "browser"
    elsewhere = [item for item in items if issubclass(getattr(item, "cls", None) or object, HttpCase) != wants_browser]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in set(elsewhere)]
