# Two commands matter: `make run` tries the addon in a real Odoo with demo data, `make test` runs every test.
# Everything is made under .dev/ in this folder; only missing system packages are installed into the system (as root).

PYTHON ?= $(shell for p in python3 python3.12 python3.13 python3.11 python3.10; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' && echo $$p && break; \
	done)
PORT ?= 8069
TOOLS = @test -n "$(PYTHON)" || { echo "!! Python 3.10 to 3.13 is needed and was not found. On Debian or Ubuntu: apt-get install python3 python3-venv" >&2; exit 1; }; \
	CX_PORT=$(PORT) $(PYTHON) -m dev

.PHONY: help run stop clean test test-odoo lint format bench terms rights
.NOTPARALLEL:

help:
	@echo "make run        Odoo with this addon and demo data on http://127.0.0.1:$(PORT)   (PORT=..., ODOO_HOME=/path/to/odoo)"
	@echo "make stop       end Odoo and its PostgreSQL"
	@echo "make clean      remove everything that was made here; fetched packages stay in the cache"
	@echo "make test       every test: unit, browser, outside"
	@echo "make test-odoo  the addon's tests under pytest and under Odoo's own runner, which must agree"
	@echo "make lint       ruff and pylint-odoo"
	@echo "make format     sort imports and lay the code out"
	@echo "make terms      export the terms and carry the translations over to them"
	@echo "make rights     write docs/rights.md anew from the access rights and the tables of verbs"
	@echo "make bench      dev/bench.py in Odoo's shell, on a database of its own"

run stop clean test test-odoo lint format bench terms rights:
	$(TOOLS) $@
