"""`make run`: a server with demo data on this machine only, in the background until `make stop`."""

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import cluster, databases, places
from .commands import explain
from .console import Stop, say, step, warn

PID_FILE = places.WORK / "odoo.pid"
LOG = places.LOGS / "odoo.log"
USERS = places.TOOLS / "demo_users.txt"
PATIENCE = 180  # seconds; the first start compiles and caches


def run():
    """Start, or say where it runs already."""
    if running_process():
        return welcome("Odoo runs already", f"http://{places.HOST}:{running_port()}")
    refuse_taken_port()
    provide_database()
    start()
    return welcome("Odoo is running", address())


def provide_database():
    """The demo database is made once; newer code is an upgrade, so that what was tried out in it stays."""
    name, wanted = places.DEMO_DATABASE, databases.addon_fingerprint()
    if not databases.exists(name):
        passing = f"{name}_new"
        databases.clone(places.BASE_DATABASE, passing)
        databases.install(passing, places.ADDON, "--with-demo", "-i", title="Installing the addon with demo data")
        databases.rename(passing, name)
    elif databases.fingerprint_of(name) != wanted:
        databases.install(
            name, places.ADDON, "--with-demo", "-u", title="The addon has changed: upgrading the demo database"
        )
    databases.note_fingerprint(name, wanted)
    # Printed documents fetch their style sheets from this address.
    databases.psql(f"UPDATE ir_config_parameter SET value = '{address()}' WHERE key = 'web.base.url'", name)


def start():
    places.LOGS.mkdir(parents=True, exist_ok=True)
    command = databases.odoo(places.DEMO_DATABASE, "server", http_port=places.HTTP_PORT, max_cron_threads=1)
    with step("Starting Odoo"), open(LOG, "w") as log:
        process = subprocess.Popen(
            command,
            env=databases.environment(),
            cwd=places.ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=note_process,
        )
        wait_until_it_answers(process)


def note_process():
    """Done by the new process itself, so that no killed set-up leaves a server that nobody knows of."""
    PID_FILE.write_text(f"{os.getpid()} {born(os.getpid())} {places.HTTP_PORT}")


def wait_until_it_answers(process):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            PID_FILE.unlink(missing_ok=True)
            raise Stop(explain(f"Odoo ended by itself; the whole log is {LOG}.", LOG.read_text(errors="replace")))
        if answers():
            return
        time.sleep(0.5)
    raise Stop(f"Odoo does not answer after {PATIENCE} s; see {LOG}. `make stop` ends it.")


def answers():
    try:
        with urllib.request.urlopen(f"{address()}/web/login", timeout=30) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


def address():
    return f"http://{places.HOST}:{places.HTTP_PORT}"


def refuse_taken_port():
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((places.HOST, places.HTTP_PORT))
        except OSError:
            raise Stop(
                f"Port {places.HTTP_PORT} is taken by another program. End that program, "
                f"or choose another port: `make run PORT={places.HTTP_PORT + 1}`."
            ) from None


def born(pid):
    """When a process started, in the kernel's ticks: a number that a later process with the same id does not have."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[19]
    except OSError:
        return ""


def running_process():
    """The id of the server this checkout started, when it is still that very process."""
    try:
        pid, birth, _port = PID_FILE.read_text().split()
    except (OSError, ValueError):
        return None
    return int(pid) if born(int(pid)) == birth else None


def running_port():
    return PID_FILE.read_text().split()[2]


def stop():
    pid = running_process()
    if pid:
        with step("Stopping Odoo"):
            end(pid)
    PID_FILE.unlink(missing_ok=True)


def end(pid):
    """Ask, wait, insist."""
    birth = born(pid)
    os.kill(pid, signal.SIGTERM)
    for _ in range(100):
        if born(pid) != birth:
            return
        time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)


def clean():
    """Everything made from this checkout goes, the cache of fetched packages stays."""
    stop()
    with step("Removing the databases and everything that was built"):
        cluster.remove()
        shutil.rmtree(places.WORK, ignore_errors=True)
    if (places.CACHE / "packages").is_dir():
        say(f"Fetched packages stay in {places.CACHE}.")


def demo_users():
    """(login, function, what to try first), for those whom the demo data really made."""
    lines = [line for line in USERS.read_text().splitlines() if line.strip() and not line.startswith("#")]
    known = set(databases.psql("SELECT login FROM res_users WHERE active", places.DEMO_DATABASE).split())
    rows = [[part.strip() for part in line.split("|")] for line in lines]
    absent = [login for login, *_rest in rows if login not in known]
    if absent:
        warn(f"The demo data has no user {', '.join(absent)}.")
    return [row for row in rows if row[0] in known]


def welcome(headline, at):
    say(f"\n{headline}: {at}/odoo\n")
    say("Demo users (the password is the login):")
    for login, function, first in demo_users():
        say(f"  {login:<12} {function:<22} {first}")
    say(f"\nLog: {LOG.relative_to(places.ROOT)}   Stop: make stop   Start over: make clean, make run")
