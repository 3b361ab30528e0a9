"""A private PostgreSQL: own folder, reachable through a socket in a closed folder only, gone with `make clean`.

It is tuned for throw-away data: a power cut may lose it, which costs a rebuild and saves minutes on every run.
"""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from . import places
from .commands import explain, is_root, run
from .console import Stop, say, step
from .system import postgres_folder

SETTINGS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0777",  # the folder around the socket is closed
    "max_connections": "200",
    "shared_buffers": "'512MB'",
    "max_locks_per_transaction": "256",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_wal_size": "'2GB'",
    "autovacuum_naptime": "'5min'",
    "jit": "off",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "lc_messages": "'C'",
}
OTHER_CLIENTS = "SELECT datname FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
LONGEST_SOCKET_PATH = 100  # the system's limit is 107 bytes


def home():
    """The cluster's folder. PostgreSQL refuses to run as root, and another user may not be able to enter the checkout."""
    inside = places.WORK / "pg"
    if not is_root() or can_enter(places.ROOT):
        return inside
    return Path("/var/lib") / f"{places.ADDON}-{places.CHECKOUT_ID}"


def can_enter(folder):
    probe = ["runuser", "-u", "postgres", "--", "test", "-x", str(folder)]
    return subprocess.run(probe, capture_output=True).returncode == 0


def socket_folder():
    inside = home() / "socket"
    if len(f"{inside}/.s.PGSQL.{places.DATABASE_PORT}") <= LONGEST_SOCKET_PATH:
        return inside
    return Path(tempfile.gettempdir()) / f"{places.ADDON}-{places.CHECKOUT_ID}"


def environment():
    """What PostgreSQL's own programs and Odoo need to find the cluster."""
    return {
        "PGHOST": str(socket_folder()),
        "PGPORT": str(places.DATABASE_PORT),
        "PGUSER": places.DATABASE_OWNER,
        "PATH": f"{postgres_folder()}{os.pathsep}{os.environ['PATH']}",
    }


def as_owner(command):
    return ["runuser", "-u", "postgres", "--", *map(str, command)] if is_root() else list(map(str, command))


def provide():
    """Make the cluster when there is none, start it when it does not run."""
    if not (home() / "data" / "PG_VERSION").is_file() or not (home() / "complete").is_file():
        create()
    if not is_running():
        start()


def create():
    with step("Making a private PostgreSQL"):
        stop()
        shutil.rmtree(home(), ignore_errors=True)
        make_folder(home())
        run(
            as_owner(
                [postgres_folder() / "initdb", "-D", home() / "data", "-U", places.DATABASE_OWNER, "--auth=trust"]
                + ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
            ),
            "The PostgreSQL cluster could not be made.",
            cwd="/",
        )
        with open(home() / "data" / "postgresql.conf", "a") as conf:
            conf.writelines(f"{name} = {value}\n" for name, value in SETTINGS.items())
        (home() / "complete").touch()


def make_folder(folder):
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if is_root():
        shutil.chown(folder, "postgres")


def start():
    """A lock file left by a killed server is PostgreSQL's to judge; it takes over a dead one's by itself."""
    make_folder(socket_folder())
    options = f"-k {socket_folder()} -p {places.DATABASE_PORT}"
    with step("Starting PostgreSQL"):
        result = subprocess.run(
            as_owner(control("start", "-w", "-t", "60", "-o", options, "-l", home() / "server.log")),
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    if result.returncode:
        log = home() / "server.log"
        words = log.read_text(errors="replace") if log.is_file() else ""
        raise Stop(
            explain("PostgreSQL does not start. `make clean` followed by the same command makes a new one.", words)
        )


def control(*arguments):
    return [postgres_folder() / "pg_ctl", "-D", home() / "data", *arguments]


def is_running():
    if not (home() / "data" / "postmaster.pid").is_file():
        return False
    ready = [postgres_folder() / "pg_isready", "-q", "-h", socket_folder(), "-p", str(places.DATABASE_PORT)]
    return subprocess.run(list(map(str, ready))).returncode == 0


def stop():
    if postgres_folder() and (home() / "data" / "postmaster.pid").is_file():
        subprocess.run(as_owner(control("stop", "-m", "fast", "-w")), cwd="/", capture_output=True)


def stop_when_idle():
    """Somebody else's tests or shell may be using it: `make stop` must not pull it away from under them."""
    if not is_running():
        return
    for _ in range(10):  # the connections of a server that just ended take a moment to close
        users = other_clients()
        if not users:
            break
        time.sleep(0.3)
    if users:
        say(f"PostgreSQL stays up, in use: {', '.join(users)}.")
        return
    with step("Stopping PostgreSQL"):
        stop()


def other_clients():
    """Names of the databases that somebody is connected to."""
    found = subprocess.run(
        ["psql", "-X", "-A", "-t", "-d", "postgres", "-c", OTHER_CLIENTS],
        env=dict(os.environ, **environment()),
        capture_output=True,
        text=True,
    )
    return sorted(set(found.stdout.split()))


def remove():
    stop()
    shutil.rmtree(home(), ignore_errors=True)
    shutil.rmtree(socket_folder(), ignore_errors=True)
