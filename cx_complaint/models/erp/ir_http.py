from odoo import models
from odoo.tools import hmac


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Browsers keep views and menus until this hash changes: with what the user's companies have they change, too."""
        info = super().session_info()
        if info["is_internal_user"] and (lacking := self.env["res.company"]._cx_lacking()):
            info["registry_hash"] = hmac(self.env(su=True), "webclient-cache", (info["registry_hash"], lacking))
        return info
