"""Run in Odoo's shell: load every procedure that comes with the addon, so that its words are among the terms."""
# ruff: noqa: F821

procedures = env["cx.procedure"]
procedures._load_shipped([shipped["code"] for shipped in procedures._shipped()])
env.cr.commit()
