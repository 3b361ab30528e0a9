"""Where things lie. Every path and name the tools share, in one place, none of them tied to one machine."""

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "dev"
ADDON = "cx_complaint"
ADDON_FOLDER = ROOT / ADDON

# Everything that is made from the checkout and may be thrown away.
WORK = ROOT / ".dev"
# Named after its content: working copies that share one folder, at different commits, do not rebuild each other's.
VENV = WORK / f"venv-{hashlib.sha256((TOOLS / 'requirements.lock').read_bytes()).hexdigest()[:8]}"
ODOO_ROOT = WORK / "odoo"
LOGS = WORK / "logs"
CONFIGS = WORK / "config"
DATA = WORK / "data"
REPORTS = WORK / "reports"

# What is expensive to fetch lives outside the checkout, so that it survives `make clean`.
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / ADDON

# One short id per checkout: two checkouts on one machine never share a cluster or a socket.
CHECKOUT_ID = hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]

HOST = "127.0.0.1"
HTTP_PORT = int(os.environ.get("CX_PORT") or 8069)
DATABASE_PORT = 54019  # names the socket file only: the cluster does not listen on the network
DATABASE_OWNER = "cx"

BASE_DATABASE = "cx_erp"  # Odoo with the ERP's apps and demo data, without this addon
TEMPLATE_DATABASE = "cx_template"  # the same with this addon
DEMO_DATABASE = "cx_demo"  # what `make run` serves

BASE_MODULES = "sale_management,sale_stock,sale_mrp,mrp_account,stock_account,account,calendar,portal,rating,stock"


def odoo_home():
    """The folder that holds the Python package ``odoo``; ``ODOO_HOME`` names one that is already there."""
    own = os.environ.get("ODOO_HOME")
    return Path(own).expanduser().resolve() if own else ODOO_ROOT / "usr/lib/python3/dist-packages"


def venv_python():
    return VENV / "bin" / "python"
