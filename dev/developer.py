"""Short ways for people who work on the addon: tests, a server, a shell, each in a database of one's own."""

import os
import subprocess

from . import databases, places
from .console import Stop, say

HELP = """dev/quick <database> [-u|-i] [pytest arguments]

Clones the base database (ERP with demo data) under that name and installs the addon, the first time.
  -u   upgrade the addon first (models, views, data or the manifest changed)
  -i   start over: drop the database, clone, install
Without pytest arguments nothing is run after that. Several people can work at once, each with a database of their own.

Also:  python3 -m dev serve <database> [port]     a server on 127.0.0.1
       python3 -m dev shell <database>            Odoo's shell
       python3 -m dev drop <database>
"""

PASSING = ("--odoo-http", "--odoo-log-level=warn")


def quick(*arguments):
    if not arguments or arguments[0] in ("-h", "--help"):
        return say(HELP)
    name, *rest = arguments
    flags = {flag for flag in rest if flag in ("-u", "-i")}
    ensure(name, upgrade="-u" in flags, anew="-i" in flags)
    wanted = [argument for argument in rest if argument not in flags]
    return run_pytest(name, wanted) if wanted else None


def ensure(name, upgrade=False, anew=False):
    """The person's database, with the addon in it."""
    if not name.replace("_", "").isalnum() or name in (places.BASE_DATABASE, places.TEMPLATE_DATABASE, "postgres"):
        raise Stop(f"{name!r} is no name for a database of your own: letters, digits and _ please.")
    if anew or not databases.exists(name):
        install_anew(name)
    elif upgrade:
        databases.install(name, places.ADDON, "--with-demo", "-u", title=f"Upgrading {places.ADDON} in {name}")


def install_anew(name):
    passing = f"{name}_new"
    databases.clone(places.BASE_DATABASE, passing)
    databases.install(passing, places.ADDON, "--with-demo", "-i", title=f"Installing {places.ADDON} in {name}")
    databases.rename(passing, name)


def run_pytest(name, arguments, *more):
    env = dict(databases.environment(), ODOO_RC=str(databases.config_for(name)))
    command = [str(places.venv_python()), "-m", "pytest", *PASSING, *more, *arguments]
    code = subprocess.run(command, env=env, cwd=places.ROOT).returncode
    if code:
        raise SystemExit(code)


def serve(name, port="8069", *arguments):
    """In the foreground, until Ctrl-C."""
    ensure(name)
    say(f"http://{places.HOST}:{port}/odoo  (admin/admin)")
    hand_over(databases.odoo(name, "server", "--http-port", port, *arguments))


def shell(name, *arguments):
    ensure(name)
    hand_over(databases.odoo(name, "shell", "--no-http", *arguments))


def drop(name):
    databases.drop(name)


def hand_over(command):
    """Become that program, so that signals and the terminal are its own."""
    os.chdir(places.ROOT)
    os.execvpe(command[0], command, databases.environment())
