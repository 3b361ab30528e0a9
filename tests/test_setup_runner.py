"""The test runner itself: a warning must fail, a skip must fail, and both runners' lists must be comparable."""

import os
import subprocess

import pytest

from dev import lanes, places, server
from dev.strict_log import Collector, accepted_patterns

from .instance import Instance

PROBE = """
import logging, unittest, warnings

class TestProbe(unittest.TestCase):
    def test_quiet(self):
        logging.getLogger("elsewhere").warning("not ours")

    def test_expected(self):
        with self.assertLogs("odoo.addons.cx", "WARNING"):
            logging.getLogger("odoo.addons.cx").warning("expected")

    def test_warns(self):
        logging.getLogger("odoo.addons.cx").warning("unexpected")

    def test_python_warns(self):
        logging.getLogger("py.warnings").warning("old way of doing it")
"""


def test_a_warning_fails_the_test_that_caused_it(tmp_path):
    (tmp_path / "test_probe.py").write_text(PROBE)
    env = {name: value for name, value in os.environ.items() if name != "CX_EXECUTED"}
    output = subprocess.run(
        [*lanes.PYTEST, "-p", "no:odoo", "-p", "no:cacheprovider", "--rootdir", tmp_path, tmp_path],
        cwd=places.ROOT,
        env=env,
        capture_output=True,
        text=True,
    ).stdout
    assert "2 failed, 2 passed" in output, output
    assert "FAILED" in output
    assert "TestProbe::test_warns" in output
    assert "TestProbe::test_python_warns" in output


def test_an_accepted_warning_needs_a_reason(tmp_path):
    listed = tmp_path / "accepted.txt"
    listed.write_text("# heading\nsome pattern\n")
    with pytest.raises(ValueError, match="no reason given"):
        accepted_patterns(listed)


def test_every_accepted_warning_has_its_reason():
    assert accepted_patterns()


def test_the_collector_lets_accepted_lines_pass(tmp_path):
    listed = tmp_path / "accepted.txt"
    listed.write_text("harmless \\d+  # known upstream\n")
    collector = Collector(accepted_patterns(listed))
    collector.note("WARNING odoo: harmless 7")
    collector.note("WARNING odoo: harmful")
    assert collector.drain() == ["WARNING odoo: harmful"]


def test_outside_tests_read_odoos_log_levels():
    instance = Instance("nowhere")
    instance.log = (
        "2026-01-01 10:00:00,000 17 INFO db odoo.modules.loading: an ERROR in the text is none\n"
        "2026-01-01 10:00:00,000 17 WARNING db odoo.fields: deprecated\n"
        "2026-01-01 10:00:00,000 17 ERROR db odoo.sql_db: bad query\n"
    )
    assert [line.split()[0] for line in instance.warnings()] == ["WARNING", "ERROR"]
    assert [line.split()[0] for line in instance.bad_lines()] == ["ERROR"]


def test_odoos_list_of_tests_is_read_in_pytests_spelling():
    log = (
        "2026-01-01 10:00:00,000 17 INFO db odoo.addons.cx_complaint.tests.test_case_intake: Starting TestIntake.test_mail ... \n"
        "2026-01-01 10:00:00,000 17 INFO db odoo.addons.sale.tests.test_sale: Starting TestSale.test_other ... \n"
    )
    assert list(lanes.started_by_odoo(log)) == ["cx_complaint/tests/test_case_intake.py::TestIntake::test_mail"]


def test_a_test_that_only_one_runner_found_is_reported():
    with pytest.raises(lanes.Stop, match="Only pytest ran"):
        lanes.report_differences({"a", "b"}, {"a"})
    with pytest.raises(lanes.Stop, match="Only Odoo ran"):
        lanes.report_differences({"a"}, {"a", "b"})


def test_every_demo_user_exists(installed):
    """`make run` names one user per function; each must be there."""
    lines = [line.split("|")[0].strip() for line in server.USERS.read_text().splitlines() if not line.startswith("#")]
    known = {login for (login,) in installed.sql("SELECT login FROM res_users WHERE active")}
    assert [login for login in lines if login and login not in known] == []
