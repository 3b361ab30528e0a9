from odoo import fields, models


class Paper(models.Model):
    """An issued paper: the PDF as it went out, what it said, its checksum, the edition of its form. Never changed."""

    _name = "cx.paper"
    _description = "Issued Paper"
    _check_company_auto = True
    _order = "issued_on desc, id desc"

    name = fields.Char(required=True, readonly=True)
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    form_id = fields.Many2one("cx.form", readonly=True, ondelete="restrict", check_company=True)
    form_number = fields.Char(readonly=True)
    form_edition = fields.Char(readonly=True)
    version = fields.Integer(readonly=True, default=1)
    issued_on = fields.Datetime(readonly=True, required=True, default=fields.Datetime.now)
    issued_by_id = fields.Many2one("res.users", readonly=True, required=True, default=lambda self: self.env.user)
    pdf = fields.Binary(readonly=True, attachment=True)
    data = fields.Json(readonly=True)
    checksum = fields.Char(readonly=True, help="SHA-256 of the PDF.")

    _document_idx = models.Index("(res_model, res_id)")
