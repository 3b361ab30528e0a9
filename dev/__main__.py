"""The command line of the tools: ``python3 -m dev <command>``; the Makefile names them."""

import errno
import sys

from . import (
    cluster,
    databases,
    developer,
    lanes,
    lint,
    odoo_source,
    places,
    python_env,
    rights,
    server,
    system,
    translations,
)
from .commands import alone, refuse_full_disk
from .console import Stop, say, warn

DISK_FIRST_TIME, DISK_LATER = 4, 0.5  # GB


def prepare(for_tests=False, template=False, exact=True):
    """Everything up to a running PostgreSQL with the base database, whatever state an earlier run left behind."""
    with alone():
        refuse_full_disk(DISK_LATER if places.VENV.is_dir() else DISK_FIRST_TIME)
        system.provide(for_tests)
        odoo_source.provide()
        python_env.provide()
        cluster.provide()
        databases.provide_base(exact)
        if template:
            databases.provide_template()


def run():
    prepare()
    with alone():
        server.run()


def stop():
    with alone():
        server.stop()
        cluster.stop_when_idle()


def base():
    prepare(for_tests=True)


def prepared(command, **options):
    """That command, after everything it stands on is there; making sure takes a fraction of a second."""

    def call(*arguments):
        prepare(for_tests=True, **options)
        command(*arguments)

    return call


COMMANDS = {
    "run": run,
    "stop": stop,
    "clean": server.clean,
    "test": prepared(lanes.test, template=True),
    "test-odoo": prepared(lanes.test_with_odoo, template=True),
    "bench": prepared(lanes.bench, template=True),
    "terms": prepared(translations.refresh, template=True),
    "rights": prepared(rights.refresh, template=True),
    "lint": lint.lint,
    "format": lint.reformat,
    "base": base,
    "quick": prepared(developer.quick, exact=False),
    "serve": prepared(developer.serve, exact=False),
    "shell": prepared(developer.shell, exact=False),
    "drop": prepared(developer.drop, exact=False),
}


def main(arguments):
    if not arguments or arguments[0] not in COMMANDS:
        say(f"Usage: python3 -m dev <command>, with one of: {', '.join(COMMANDS)}")
        return 2
    try:
        COMMANDS[arguments[0]](*arguments[1:])
    except Stop as reason:
        warn(reason)
        return 1
    except KeyboardInterrupt:
        warn("Interrupted. Running the same command again goes on from here.")
        return 130
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        warn("The disk is full: free some space and run the same command again.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
