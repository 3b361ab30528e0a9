"""Databases of the private cluster: made under a passing name and renamed when whole, cloned instead of made twice."""

import hashlib
import os
import subprocess

from . import cluster, odoo_source, places, python_env
from .commands import explain, run
from .console import Stop, say, step

PREPARE = places.TOOLS / "prepare_database.py"


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


def seal(name, fingerprint):
    """Note what it was made from, and keep connections out: a database that is in use cannot be cloned."""
    psql(f"COMMENT ON DATABASE \"{name}\" IS '{fingerprint}'")
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
    return [str(places.venv_python()), "-m", "odoo", *arguments[:1], "-c", str(config_for(name, **config)), *arguments[1:]]


def install(name, modules, *arguments, title):
    """Install or upgrade modules; the log goes to a file, its end to the terminal when it fails."""
    places.LOGS.mkdir(parents=True, exist_ok=True)
    log = places.LOGS / f"install-{name}.log"
    command = odoo(name, "server", "--no-http", "--stop-after-init", *arguments, modules)
    with step(title), open(log, "w") as output:
        code = subprocess.run(command, env=environment(), stdout=output, stderr=subprocess.STDOUT).returncode
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


def provide_base():
    """The ERP with its demo data and without this addon: the ground every other database is cloned from."""
    wanted = base_fingerprint()
    if exists(places.BASE_DATABASE) and fingerprint_of(places.BASE_DATABASE) == wanted:
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


def digest(paths, text=""):
    total = hashlib.sha256(text.encode())
    for path in sorted(paths):
        total.update(str(path.relative_to(places.ROOT)).encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:24]
