from odoo import SUPERUSER_ID, api

# flags that the shipped verdicts got in this version; what a company made of them since is its own
_FLAGS = {
    "verdict_user_damage": "is_user_damage",
    "verdict_misreturn": "is_misreturn",
    "verdict_our_standard": "is_our_standard",
}


def migrate(cr, _version):
    """Tell the shipped verdicts whose turn it is after them."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for xml_id, flag in _FLAGS.items():
        if verdict := env.ref(f"cx_complaint.{xml_id}", raise_if_not_found=False):
            verdict[flag] = True
