"""Run in Odoo's shell before the browser tests: without it the first tour of each kind compiles for half a minute."""
# ruff: noqa: F821

env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
