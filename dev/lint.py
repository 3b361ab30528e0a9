"""`make lint`: ruff for the Python of the whole project, pylint-odoo for what is particular to an Odoo addon."""

import subprocess

from . import places, python_env, system
from .commands import alone
from .console import Stop, say

CHECKED = (places.ADDON, "dev", "tests")


def tool(*command):
    """Run a tool as a module: its start script would name the folder in which the environment was made."""
    return subprocess.run([places.venv_python(), "-m", *command], cwd=places.ROOT).returncode


def provide():
    with alone():
        system.python_for_odoo()
        python_env.provide()


def lint():
    provide()
    failed = [
        name
        for name, command in {
            "ruff": ("ruff", "check", *CHECKED),
            "pylint-odoo": ("pylint", "--rcfile=pyproject.toml", places.ADDON),
        }.items()
        if tool(*command)
    ]
    if failed:
        raise Stop(f"Findings of {' and '.join(failed)} above.")
    say("ruff and pylint-odoo have no findings.")


def reformat():
    provide()
    tool("ruff", "check", "--fix", "--select", "I", *CHECKED)
    tool("ruff", "format", *CHECKED)
