"""What the person at the terminal sees: steps with their duration, warnings, and one clear sentence when it stops."""

import contextlib
import sys
import threading
import time


class Stop(Exception):
    """The work cannot go on; the text says why and what to do about it."""


def say(text=""):
    print(text, flush=True)


def warn(text):
    print(f"!! {text}", file=sys.stderr, flush=True)


@contextlib.contextmanager
def step(title):
    """Announce a step, keep a sign of life while it lasts, and say how long it took."""
    started = time.monotonic()
    done = threading.Event()
    say(f"-> {title} ...")

    def sign_of_life():
        while not done.wait(15):
            say(f"   ... still at it, {time.monotonic() - started:.0f} s ({title})")

    watcher = threading.Thread(target=sign_of_life, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
    say(f"   done in {time.monotonic() - started:.1f} s")
