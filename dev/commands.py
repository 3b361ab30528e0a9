"""Running other programs: quiet when they succeed, with their last words when they fail."""

import ctypes
import fcntl
import os
import shutil
import signal
import subprocess
from contextlib import contextmanager

from . import places
from .console import Stop, say

DISK_FULL = "No space left on device"
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


def end_with_parent():
    """Asked of the kernel in a child process: no half-finished installation goes on when the set-up is killed."""
    ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)


def run(command, failure, **options):
    """Run a command and return its output; raise ``Stop`` with ``failure`` and the end of its output otherwise."""
    options.setdefault("stderr", subprocess.STDOUT)
    try:
        result = subprocess.run(
            [str(part) for part in command], stdout=subprocess.PIPE, text=True, errors="replace", **options
        )
    except FileNotFoundError as error:
        raise Stop(f"{failure} The program {error.filename} is missing.") from None
    if result.returncode:
        raise Stop(explain(failure, result.stdout))
    return result.stdout


def explain(failure, output):
    """The failure in one sentence, with the cause when it is a known one, else with the program's last words."""
    if DISK_FULL in output:
        return (
            f"{failure} The disk is full: free some space (see `df -h {places.ROOT}`) and run the same command again."
        )
    tail = "\n".join("   | " + line for line in output.strip().splitlines()[-15:])
    return f"{failure}\n{tail}" if tail else failure


def refuse_full_disk(gigabytes):
    """Better to say so now than to fail in the middle of a long step."""
    places.WORK.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(places.WORK).free / 1e9
    if free < gigabytes:
        raise Stop(
            f"The disk is (nearly) full: {free:.1f} GB are free, about {gigabytes} GB are needed. "
            "Free some space and run the same command again."
        )


def is_root():
    return os.geteuid() == 0


@contextmanager
def alone(name="setup"):
    """Let one process at a time prepare things; the lock goes with the process, however that ends."""
    places.WORK.mkdir(parents=True, exist_ok=True)
    with open(places.WORK / f"{name}.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"-> another run is preparing this checkout ({name}); waiting for it ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
