"""A pytest plugin: whatever Odoo or Python warns about during a test fails that test.

Tests that expect a warning say so (``assertLogs``, ``mute_logger``), which keeps the record from reaching this plugin.
What cannot be avoided stands in ``accepted_warnings.txt`` with the reason.
It also notes which tests were run, so that this runner can be compared with Odoo's own.
"""

import logging
import os
import re
from pathlib import Path

import pytest

ACCEPTED = Path(__file__).with_name("accepted_warnings.txt")
WATCHED = ("odoo", "py.warnings")


def accepted_patterns(path=ACCEPTED):
    """Each line of the list: a regular expression, two spaces, ``#`` and the reason, which is compulsory."""
    patterns = []
    for line in path.read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        expression, _, reason = line.partition("  # ")
        if not reason.strip():
            raise ValueError(f"{path.name}: no reason given for: {line}")
        patterns.append(re.compile(expression.strip()))
    return patterns


class Collector(logging.Handler):
    """Keeps the records that nobody accepted until somebody asks for them."""

    def __init__(self, patterns):
        super().__init__(logging.WARNING)
        self.patterns = patterns
        self.pending = []

    def emit(self, record):
        if record.name.startswith(WATCHED):
            self.note(f"{record.levelname} {record.name}: {record.getMessage()}")

    def note(self, text):
        if not any(pattern.search(text) for pattern in self.patterns):
            self.pending.append(text)

    def drain(self):
        found, self.pending = self.pending, []
        return found


class StrictLog:
    def __init__(self, config):
        self.collector = Collector(accepted_patterns())
        self.is_worker = hasattr(config, "workerinput")
        self.list_of_tests = os.environ.get("CX_EXECUTED")
        logging.getLogger().addHandler(self.collector)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item, call):
        report = yield
        found = self.collector.drain()
        if found and not report.failed:
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} logged during {call.when}:\n" + "\n".join(found)
        return report

    def pytest_warning_recorded(self, warning_message, nodeid):
        """pytest keeps Python's warnings to itself and shows them at the end; here they count."""
        if not self.is_worker:
            place = f"{warning_message.filename}:{warning_message.lineno}"
            category = warning_message.category.__name__
            self.collector.note(f"WARNING py.warnings: {place}: {category}: {warning_message.message} ({nodeid})")

    def pytest_runtest_logreport(self, report):
        if self.is_worker or not self.list_of_tests or (report.when != "call" and report.passed):
            return
        if hasattr(report, "context") and report.passed:  # a subtest; its test is reported as well
            return
        with open(self.list_of_tests, "a") as executed:
            executed.write(f"{report.outcome} {report.nodeid}\n")

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session):
        found = self.collector.drain()
        if found and session.exitstatus == 0:
            session.exitstatus = 1
        self.left_over = found

    def pytest_terminal_summary(self, terminalreporter):
        for text in getattr(self, "left_over", []):
            terminalreporter.write_line(f"WARNED OUTSIDE A TEST: {text}", red=True)


def pytest_configure(config):
    config.pluginmanager.register(StrictLog(config), "cx-strict-log")
