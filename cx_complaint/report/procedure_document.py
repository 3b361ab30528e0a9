from odoo import fields, models
from odoo.tools import format_datetime
from odoo.tools.image import image_data_uri


class ProcedureReport(models.AbstractModel):
    """What the printed procedure needs: the page as data, with what is not part of its content."""

    _name = "report.cx_complaint.report_procedure"
    _description = "Procedure Document"

    def _get_report_values(self, docids, data=None):
        procedures = self.env["cx.procedure"].browse(docids)
        return {
            "doc_ids": docids, "doc_model": "cx.procedure", "docs": procedures,
            "papers": [self._prepare_print(procedure) for procedure in procedures]}

    def _prepare_print(self, procedure):
        paper = procedure._page()
        # sudo: res.company - its logo, on its own paper
        logo = self.env["res.company"].sudo().browse(paper["company"]["id"]).logo
        form = paper["form"]
        states = dict(procedure._fields["state"]._description_selection(self.env))
        return {
            **paper,
            "logo": logo and image_data_uri(logo),
            "status": self.env._(
                "%(state)s. Printed on %(moment)s by %(user)s", state=states[procedure.state], user=self.env.user.name,
                moment=format_datetime(self.env, fields.Datetime.now(), dt_format="short")),
            "is_warned": procedure.state != "in_force",
            "footer": "   ·   ".join(filter(None, (form["number"] or procedure.code, form["edition"], form["title"])))}
