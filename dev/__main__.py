"""The command line of the tools: ``python3 -m dev <command>``; the Makefile names them."""

import sys

from . import cluster, databases, developer, odoo_source, python_env, system
from .commands import alone
from .console import Stop, warn


def prepare(for_tests=False):
    """Everything up to a running PostgreSQL, whatever state an earlier run left behind."""
    with alone():
        system.provide(for_tests)
        odoo_source.provide()
        python_env.provide()
        cluster.provide()


def base():
    prepare(for_tests=True)
    with alone():
        databases.provide_base()


def in_developer_database(command):
    """The developers' commands need the base database; making sure takes a fraction of a second."""

    def call(*arguments):
        base()
        command(*arguments)

    return call


COMMANDS = {
    "base": base,
    "quick": in_developer_database(developer.quick),
    "serve": in_developer_database(developer.serve),
    "shell": in_developer_database(developer.shell),
    "drop": in_developer_database(developer.drop),
}


def main(arguments):
    try:
        COMMANDS[arguments[0]](*arguments[1:])
    except Stop as reason:
        warn(reason)
        return 1
    except KeyboardInterrupt:
        warn("Interrupted. Running the same command again goes on from here.")
        return 130
    except OSError as error:
        if error.errno != 28:
            raise
        warn("The disk is full: free some space and run the same command again.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
