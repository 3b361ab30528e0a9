from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from .form_blocks import BLOCKS, BLOCKS_OF_PAPER, PAPERS


class Form(models.Model):
    """A controlled form: the company's own title, number and edition of a paper, and the blocks it prints, in order."""

    _name = "cx.form"
    _description = "Controlled Form"
    _check_company_auto = True
    _order = "paper, sequence, id"

    name = fields.Char(string="Title", required=True, translate=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index=True, help="Empty: used by every company.")
    paper = fields.Selection(
        PAPERS, help="Which paper carries this title and number. Empty: the form is kept elsewhere and only named here.")
    number = fields.Char(string="Form Number", help="The form's number in the company's document control.")
    edition = fields.Char(default="A/0", help="Edition and revision; printed, and kept with every issued paper.")
    effective_date = fields.Date(help="Day from which this edition is in force.")
    block_ids = fields.One2many(
        "cx.form.block", "form_id", string="Blocks", copy=True,
        help="What is printed, in this order. Without any block everything is printed in the usual order.")
    active = fields.Boolean(default=True)

    @api.model
    def _of(self, paper, company, procedure=None):
        """The form that ``company`` uses for ``paper``: of the case's procedure, its own, the shared one, by sequence.

        :param procedure: the rulebook of the case that the paper is about, or none
        :return: one form, or none when all of them are archived
        """
        procedure = procedure or self.env["cx.procedure"]
        # sudo: cx.form - title and number of a paper that the user may print, whoever he is
        forms = self.sudo().search([
            ("paper", "=", paper), ("company_id", "in", (company.id, False)), ("procedure_id", "in", (procedure.id, False))])
        best = forms.filtered("procedure_id") or forms.filtered("company_id") or forms
        return best[:1].with_env(self.env).sudo()

    def _blocks(self, paper):
        """Codes and headings of what is to be printed, in order: ``[(code, heading or False)]``."""
        if self.block_ids:
            blocks = self.block_ids.sorted(lambda block: (block.sequence, block.id))
            return [(block.code, block.title) for block in blocks]
        return [(code, False) for code in BLOCKS_OF_PAPER[paper]]

    def _heading(self, paper):
        """Title, number, edition and effective date as they are printed; the paper's usual name without a form."""
        return {
            "title": self.name or dict(self._fields["paper"]._description_selection(self.env))[paper],
            "number": self.number or "",
            "edition": self.edition or "",
            "effective_date": format_date(self.env, self.effective_date),
        }


class FormBlock(models.Model):
    """A block of a paper, in the order in which it is printed."""

    _name = "cx.form.block"
    _description = "Form Block"
    _order = "sequence, id"

    form_id = fields.Many2one("cx.form", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    code = fields.Selection(
        BLOCKS, string="Block", required=True, help="Which part of the paper is printed here.")
    title = fields.Char(string="Heading", translate=True, help="Printed above the block; empty: its usual heading.")

    _code_once = models.UniqueIndex("(form_id, code)", "A form prints each block once.")

    @api.constrains("code", "form_id")
    def _check_block_of_paper(self):
        for block in self:
            if block.code not in BLOCKS_OF_PAPER.get(block.form_id.paper, ()):
                label = dict(self._fields["code"]._description_selection(self.env))[block.code]
                raise ValidationError(self.env._(
                    "%(form)s: a paper of this kind has no block “%(block)s”. Remove the block, or choose another"
                    " one.", form=block.form_id.name, block=label))
