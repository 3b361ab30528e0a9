"""`make test`: the addon's own tests and the tests from outside, in three lanes one after the other.

1. unit: everything that needs no web server, in two processes
2. browser: everything that needs one (``HttpCase``), in one process on a database with its assets generated beforehand
3. outside: the installed product from outside (``tests/``), each test with databases of its own

Every lane works on a clone of the template database. A skipped test counts as failed: a browser that does not start
makes Odoo skip silently.
"""

import re
import socket
import subprocess
import time
from collections import namedtuple

from . import databases, places
from .console import Stop, say, step

Lane = namedtuple("Lane", "name passed failed skipped seconds code")

PYTEST = (str(places.venv_python()), "-m", "pytest", "-q", "-p", "dev.strict_log", "--durations=5")
ADDON_TESTS = f"{places.ADDON}/tests"
WITH_ODOO = ("--odoo-log-level=warn", "-p", "dev.lane_choice")
NO_TESTS = 5  # pytest's exit code when nothing was collected


def test(*names):
    """Run the lanes (all of them, or those named) and fail when any of them did."""
    lanes = {"unit": unit, "browser": browser, "outside": outside}
    started = time.monotonic()
    results = [lanes[name]() for name in names or lanes]
    say("\nLane       passed  failed  skipped   seconds")
    for lane in results:
        say(f"{lane.name:<10} {lane.passed:>6} {lane.failed:>7} {lane.skipped:>8} {lane.seconds:>9.0f}")
    say(f"{time.monotonic() - started:.0f} s in all")
    broken = [lane.name for lane in results if lane.code or lane.failed or lane.skipped]
    if broken:
        raise Stop(f"Not everything passed: {', '.join(broken)}. (A skipped test counts as failed.)")


def unit():
    databases.clone(places.TEMPLATE_DATABASE, "cx_unit")
    return run_lane("unit", "cx_unit", "-n", "2", "--dist", "loadfile", ADDON_TESTS)


def browser():
    databases.clone(places.TEMPLATE_DATABASE, "cx_browser")
    databases.shell("cx_browser", places.TOOLS / "generate_assets.py", title="Generating the web assets")
    return run_lane("browser", "cx_browser", "--odoo-http", ADDON_TESTS)


def outside():
    return run_lane("outside", None, "-p", "no:odoo", "tests")


def run_lane(name, database, *arguments):
    say(f"\n== {name} " + "=" * (70 - len(name)))
    env = dict(databases.environment(), CX_LANE=name, CX_EXECUTED=str(executed_list(name)))
    executed_list(name).parent.mkdir(parents=True, exist_ok=True)
    executed_list(name).unlink(missing_ok=True)
    odoo_arguments = ()
    if database:
        env["ODOO_RC"] = str(databases.config_for(database))
        odoo_arguments = WITH_ODOO
    started = time.monotonic()
    code = subprocess.run([*PYTEST, *odoo_arguments, *arguments], env=env, cwd=places.ROOT).returncode
    outcomes = [outcome for outcome, _test in executed(name)]
    return Lane(
        name,
        outcomes.count("passed"),
        outcomes.count("failed"),
        outcomes.count("skipped"),
        time.monotonic() - started,
        0 if code == NO_TESTS and name == "browser" and not has_browser_tests() else code,
    )


def has_browser_tests():
    return any("HttpCase" in path.read_text() for path in (places.ADDON_FOLDER / "tests").glob("test_*.py"))


def executed_list(name):
    return places.REPORTS / f"{name}.executed"


def executed(name):
    """(outcome, test id) of each test that the lane ran."""
    path = executed_list(name)
    return [tuple(line.split(" ", 1)) for line in path.read_text().splitlines()] if path.is_file() else []


def test_with_odoo():
    """The same tests under Odoo's own runner, which must find and pass exactly those that pytest ran."""
    test("unit", "browser")
    by_pytest = {test_id for lane in ("unit", "browser") for _outcome, test_id in executed(lane)}
    log, code = run_with_odoo()
    by_odoo = set(started_by_odoo(log))
    report_differences(by_pytest, by_odoo)
    if code:
        raise Stop(f"Odoo's own runner reports failures; its log is {odoo_log()}.")
    say(f"Both runners ran the same {len(by_odoo)} tests.")


def odoo_log():
    return places.REPORTS / "odoo-runner.log"


def run_with_odoo():
    databases.clone(places.TEMPLATE_DATABASE, "cx_odoo_runner")
    command = databases.odoo(
        "cx_odoo_runner",
        "server",
        "--stop-after-init",
        "--test-tags",
        f"/{places.ADDON}",
        "--log-level=info",
        http_port=free_port(),
    )
    with step("Running the addon's tests under Odoo's own runner"), open(odoo_log(), "w") as log:
        code = subprocess.run(command, env=databases.environment(), stdout=log, stderr=subprocess.STDOUT).returncode
    return odoo_log().read_text(errors="replace"), code


def free_port():
    with socket.socket() as probe:
        probe.bind((places.HOST, 0))
        return probe.getsockname()[1]


def started_by_odoo(log):
    """Test ids in pytest's spelling, from the lines in which Odoo announces each test."""
    pattern = re.compile(rf" odoo\.addons\.{places.ADDON}\.tests\.(\w+)(?:\.\w+)?: Starting (\w+)\.(\w+) ")
    for file, group, method in pattern.findall(log):
        yield f"{ADDON_TESTS}/{file}.py::{group}::{method}"


def report_differences(by_pytest, by_odoo):
    for title, tests in (
        ("Only pytest ran (is the file missing in tests/__init__.py?)", by_pytest - by_odoo),
        ("Only Odoo ran", by_odoo - by_pytest),
    ):
        if tests:
            raise Stop(f"{title}:\n" + "\n".join(f"   {test_id}" for test_id in sorted(tests)))


def bench():
    """Run ``dev/bench.py`` in Odoo's shell on a clone of its own; ``env`` is there, what it prints is shown."""
    script = places.TOOLS / "bench.py"
    if not script.is_file():
        raise Stop("There is no dev/bench.py.")
    databases.clone(places.TEMPLATE_DATABASE, "cx_bench")
    with open(script) as code:
        command = databases.odoo("cx_bench", "shell", "--no-http", "--log-level=warn")
        result = subprocess.run(command, env=databases.environment(), stdin=code, cwd=places.ROOT)
    if result.returncode:
        raise Stop("The benchmark failed.")
