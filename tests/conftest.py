"""Fixtures of the outside tests: each gets databases of its own, cloned from a template and dropped afterwards."""

import itertools
import os

import pytest

from dev import databases, places

from .instance import Instance

_numbers = itertools.count(1)


@pytest.fixture
def make_instance():
    """Make databases from a template: ``make_instance(places.BASE_DATABASE)`` is the ERP with demo data, without the addon."""
    made = []

    def make(template, **options):
        name = f"cx_outside_{os.getpid()}_{next(_numbers)}"
        databases.clone(template, name)
        made.append(name)
        return Instance(name, **options)

    yield make
    for name in made:
        databases.drop(name)
        (places.CONFIGS / f"{name}.conf").unlink(missing_ok=True)


@pytest.fixture
def erp(make_instance):
    """An ERP in use (demo data of sales, stock, manufacturing, accounting) that has never seen the addon."""
    return make_instance(places.BASE_DATABASE)


@pytest.fixture
def installed(make_instance):
    """An ERP with the addon and its demo data."""
    return make_instance(places.TEMPLATE_DATABASE)
