"""One Odoo database of a test's own, driven from outside as an administrator would: commands, a shell, a server."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import textwrap
import time
import urllib.request

import psycopg2

from dev import databases, places
from dev.strict_log import accepted_patterns

BAD_LINE = re.compile(r"^\S+ \S+ \d+ (?P<level>WARNING|ERROR|CRITICAL) \S+ (?P<rest>.*)")
PATIENCE = 120  # seconds


class Instance:
    """A committed database cloned from a template; several connections may see it, and it may be broken on purpose."""

    def __init__(self, name, addons_path=None):
        self.name = name
        self.settings = {"addons_path": addons_path} if addons_path else {}
        self.log = ""

    # -- the administrator's commands -----------------------------------------------------------------------------

    def odoo(self, *arguments, **settings):
        return databases.odoo(self.name, *arguments, **{**self.settings, **settings})

    def run(self, *arguments, check=True):
        """Run Odoo to its end; keep its log and fail on any error in it."""
        result = subprocess.run(
            self.odoo("server", "--no-http", "--stop-after-init", *arguments),
            env=databases.environment(),
            cwd=places.WORK,
            capture_output=True,
            text=True,
        )
        self.log = result.stdout + result.stderr
        if check:
            assert result.returncode == 0, self.log[-3000:]
            assert not self.bad_lines(), "\n".join(self.bad_lines())
        return result

    def install(self, module=places.ADDON):
        return self.run("-i", module)

    def upgrade(self, module=places.ADDON):
        return self.run("-u", module)

    def bad_lines(self, levels=("ERROR", "CRITICAL")):
        """Lines of the log of these levels that nobody accepted, as in the other lanes."""
        accepted = accepted_patterns()
        found = (BAD_LINE.search(line) for line in self.log.splitlines())
        texts = (f"{line['level']} {line['rest']}" for line in found if line and line["level"] in levels)
        return [text for text in texts if not any(pattern.search(text) for pattern in accepted)]

    def warnings(self):
        return self.bad_lines(("WARNING", "ERROR", "CRITICAL"))

    # -- looking and acting inside ----------------------------------------------------------------------------------

    def shell(self, code, **values):
        """Run code with Odoo's ``env`` and ``values``; what it stores in ``result`` comes back (as JSON); it is committed."""
        script = (
            f"import json\nvalues = json.loads({json.dumps(json.dumps(values))})\nresult = None\n"
            f"{textwrap.dedent(code)}\n"
            "env.cr.commit()\nprint('RESULT' + json.dumps(result, default=str))\n"
        )
        done = subprocess.run(
            self.odoo("shell", "--no-http", "--log-level=warn"),
            env=databases.environment(),
            cwd=places.WORK,
            # A file instead of typed lines: the shell would swallow an exception and go on with the next line.
            input=f"exec(compile({script!r}, 'shell of {self.name}', 'exec'))\n",
            capture_output=True,
            text=True,
        )
        self.log = done.stdout + done.stderr
        found = re.search(r"^RESULT(.*)$", done.stdout, re.MULTILINE)
        assert found, self.log[-4000:]
        return json.loads(found.group(1))

    def sql(self, query, *parameters):
        """Rows of a query, committed; a literal % is written %%."""
        with contextlib.closing(self.connect()) as connection, connection, connection.cursor() as cursor:
            cursor.execute(query, parameters)
            return cursor.fetchall() if cursor.description else None

    def connect(self):
        at = databases.environment()
        return psycopg2.connect(dbname=self.name, host=at["PGHOST"], port=at["PGPORT"], user=at["PGUSER"])

    def state_of(self, module=places.ADDON):
        rows = self.sql("SELECT state FROM ir_module_module WHERE name = %s", module)
        return rows[0][0] if rows else None

    def uninstall(self, module=places.ADDON):
        """As the button of the Apps menu does it, in a process of its own; the log must be clean."""
        self.shell(
            f"env['ir.module.module'].search([('name', '=', '{module}')]).button_immediate_uninstall()",
        )
        assert not self.bad_lines(), "\n".join(self.bad_lines())
        assert self.state_of(module) == "uninstalled"

    # -- a server -------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def server(self, *arguments, **settings):
        """A running server; yields (address, process)."""
        port = free_port()
        log = places.LOGS / f"{self.name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with open(log, "w") as output:
            process = subprocess.Popen(
                self.odoo("server", *arguments, http_port=port, **settings),
                env=databases.environment(),
                cwd=places.WORK,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        address = f"http://{places.HOST}:{port}"
        try:
            wait_for(address, process, log)
            yield address, process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            self.log = log.read_text(errors="replace")


def wait_for(address, process, log):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text(errors="replace")[-3000:]
        try:
            with urllib.request.urlopen(f"{address}/web/login", timeout=30) as response:
                if response.status == 200:
                    return
        except OSError:
            pass  # not yet
        time.sleep(0.3)
    raise AssertionError(f"no answer from {address}: {log.read_text(errors='replace')[-3000:]}")


def free_port():
    with socket.socket() as probe:
        probe.bind((places.HOST, 0))
        return probe.getsockname()[1]
