"""Tools around the addon: get a real Odoo, run it, test it. Started as ``python3 -m dev <command>``.

Nothing here is needed to *use* the addon: copying ``cx_complaint/`` into an addons path is enough.
Until the virtual environment exists these modules run on any Python 3.10+, so they import the standard library only.
"""
