"""Databases of the private cluster: made under a passing name and renamed when whole, cloned instead of made twice."""

import hashlib
import os
import subprocess

from . import cluster, odoo_source, places, python_env
from .commands import end_with_parent, explain, run
from .console import Stop, say, step

PREPARE = places.TOOLS / "prepare_database.py"
INSTALLED = {".py", ".xml", ".csv", ".po", ".html", ".json"}
NOT_INSTALLED = {"tests", "static", "build"}


def environment():
    """The environment of every Odoo process: our cluster, our Odoo, and no settings of the person's own Odoo."""
    env = dict(os.environ, **cluster.environment())
    env.pop("ODOO_RC", None)
    env["PYTHONPATH"] = str(places.odoo_home())
    env["PYTHONUNBUFFERED"] = "1"
    return env


def psql(query, database="postgres"):
    command = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", query]
    return run(command, f"The database said no to: {query}", env=environment()).strip()


def exists(name):
    return psql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'") == "1"


def fingerprint_of(name):
    """What the database was made from; kept in its comment, so it can never be out of step with it."""
    return psql(f"SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '{name}'")


def drop(name):
    if exists(name):
        psql(f'ALTER DATABASE "{name}" WITH IS_TEMPLATE false')
        psql(f'DROP DATABASE "{name}" WITH (FORCE)')


def clone(source, name):
    """A copy of a template database, in about a second."""
    drop(name)
    psql(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')


def rename(old, new):
    drop(new)
    psql(f'ALTER DATABASE "{old}" RENAME TO "{new}"')


def note_fingerprint(name, fingerprint):
    psql(f"COMMENT ON DATABASE \"{name}\" IS '{fingerprint}'")


def seal(name, fingerprint):
    """Note what it was made from, and keep connections out: a database that is in use cannot be cloned."""
    note_fingerprint(name, fingerprint)
    psql(f'ALTER DATABASE "{name}" WITH IS_TEMPLATE true ALLOW_CONNECTIONS false')


def config_for(name, **more):
    """The configuration file of one database. Nothing in it reaches out, and nothing listens beyond this machine."""
    options = {
        "addons_path": addons_path(),
        "data_dir": places.DATA,
        "db_name": name,
        "dbfilter": f"^{name}$",
        "db_host": cluster.socket_folder(),
        "db_port": places.DATABASE_PORT,
        "db_user": places.DATABASE_OWNER,
        "http_interface": places.HOST,
        "list_db": False,
        "max_cron_threads": 0,
        "geoip_city_db": "",
        "geoip_country_db": "",
        "admin_passwd": "admin",
        **more,
    }
    places.CONFIGS.mkdir(parents=True, exist_ok=True)
    path = places.CONFIGS / f"{name}.conf"
    text = "[options]\n" + "".join(f"{key} = {value}\n" for key, value in options.items())
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(text)
    fresh.rename(path)
    return path


def addons_path():
    """An upstream checkout keeps most addons beside the package, Debian's package keeps them inside."""
    beside = places.odoo_home() / "addons"
    return ",".join(str(path) for path in [beside, places.ROOT] if path.is_dir())


def odoo(name, *arguments, **config):
    """The command line of an Odoo process on one database."""
    return [
        str(places.venv_python()),
        "-m",
        "odoo",
        *arguments[:1],
        "-c",
        str(config_for(name, **config)),
        *arguments[1:],
    ]


def install(name, modules, *arguments, title):
    """Install or upgrade modules; the log goes to a file, its end to the terminal when it fails."""
    places.LOGS.mkdir(parents=True, exist_ok=True)
    log = places.LOGS / f"install-{name}.log"
    command = odoo(name, "server", "--no-http", "--stop-after-init", *arguments, modules)
    with step(title), open(log, "w") as output:
        code = subprocess.run(
            command, env=environment(), stdout=output, stderr=subprocess.STDOUT, preexec_fn=end_with_parent
        ).returncode
    words = log.read_text(errors="replace")
    # Odoo ends with 0 even when a module could not be loaded; its log tells.
    if code or " CRITICAL " in words or "Failed to load registry" in words or "Some modules are not loaded" in words:
        raise Stop(explain(f"{title} failed; the whole log is {log}.", words))
    return words


def shell(name, script, *, title):
    """Run a Python file with Odoo's ``env`` in a database."""
    with step(title), open(script) as code:
        output = run(
            odoo(name, "shell", "--no-http", "--log-level=warn"),
            f"{title} failed.",
            env=environment(),
            stdin=code,
        )
    if "Traceback (most recent call last)" in output:
        raise Stop(explain(f"{title} failed.", output))
    return output


def provide_base(exact=True):
    """The ERP with its demo data and without this addon: the ground every other database is cloned from.

    Not ``exact``: any earlier one will do. Working copies that share one cluster would else take turns rebuilding it.
    """
    wanted = base_fingerprint()
    if exists(places.BASE_DATABASE) and (not exact or fingerprint_of(places.BASE_DATABASE) == wanted):
        return
    passing = f"{places.BASE_DATABASE}_new"
    drop(passing)
    say("-> Making the base database: sales, stock, manufacturing, accounting and demo data (one to three minutes)")
    psql(f'CREATE DATABASE "{passing}"')
    install(passing, places.BASE_MODULES, "--with-demo", "-i", title="Installing the ERP's apps with demo data")
    shell(passing, PREPARE, title="Switching the online services off")
    drop(places.BASE_DATABASE)
    rename(passing, places.BASE_DATABASE)
    seal(places.BASE_DATABASE, wanted)


def base_fingerprint():
    home = os.environ.get("ODOO_HOME", "")
    parts = [odoo_source.LOCK, python_env.LOCK, PREPARE]
    return digest(parts, places.BASE_MODULES + home)


def provide_template():
    """The base database with this addon and its demo data; every test lane works on a clone of it."""
    wanted = addon_fingerprint()
    if exists(places.TEMPLATE_DATABASE) and fingerprint_of(places.TEMPLATE_DATABASE) == wanted:
        return
    passing = f"{places.TEMPLATE_DATABASE}_new"
    clone(places.BASE_DATABASE, passing)
    install(passing, places.ADDON, "--with-demo", "-i", title="Installing the addon with demo data")
    drop(places.TEMPLATE_DATABASE)
    rename(passing, places.TEMPLATE_DATABASE)
    seal(places.TEMPLATE_DATABASE, wanted)


def addon_fingerprint():
    """Changes with whatever an installation of the addon puts into a database; tests and assets are not among that."""
    files = [path for path in places.ADDON_FOLDER.rglob("*") if path.suffix in INSTALLED and path.is_file()]
    relevant = [path for path in files if path.relative_to(places.ADDON_FOLDER).parts[0] not in NOT_INSTALLED]
    return digest(relevant, base_fingerprint())


def digest(paths, text=""):
    total = hashlib.sha256(text.encode())
    for path in sorted(paths):
        total.update(str(path.relative_to(places.ROOT)).encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:24]
