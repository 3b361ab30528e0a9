"""The virtual environment with Odoo's Python requirements, at the versions of ``requirements.lock``."""

import shutil

from . import places
from .commands import run
from .console import step
from .system import python_for_odoo

LOCK = places.TOOLS / "requirements.lock"


def provide():
    """Build the environment when there is none for this lock file, when an earlier run did not finish, or its Python has gone."""
    stamp = places.VENV / "complete"
    if stamp.is_file() and is_alive():
        return
    stamp.unlink(missing_ok=True)
    python = python_for_odoo()
    with step(f"Installing Odoo's Python requirements ({python})"):
        if not is_alive():
            shutil.rmtree(places.VENV, ignore_errors=True)
            run([python, "-m", "venv", places.VENV], "The Python environment could not be made.")
        run(
            [places.venv_python(), "-m", "pip", "install", "--disable-pip-version-check", "-r", LOCK],
            "The Python packages could not be installed: is the package index reachable? Run the same command again later.",
        )
    stamp.touch()


def is_alive():
    """A Python that was upgraded or removed under the environment leaves it useless."""
    python = places.venv_python()
    if not python.exists():
        return False
    try:
        run([python, "-m", "pip", "--version"], "")
    except Exception:
        return False
    return True
