"""What installing and leaving do beyond loading files."""

# Records of the ERP's own kinds that came with the addon: orders, transfers and invoices refer to them by now.
_STAYING = (
    "mrp.bom", "mrp.bom.line", "mrp.workcenter", "product.product", "product.template", "res.partner", "res.users",
)


def post_init_hook(env):
    """Give the warehouses that exist already their quarantine tree and operation types."""
    env["stock.warehouse"].with_context(active_test=False).search([])._cx_ensure_quarantine()


def uninstall_hook(env):
    """Archive what is ours and empty; name what still holds goods, and leave it in place."""
    env["stock.warehouse"].with_context(active_test=False).search([])._cx_retire_quarantine()
    env["res.company"].search([]).cx_owner_change_location_id.write({"active": False})
    _end_activities(env)
    _let_go(env)


def _end_activities(env):
    """To-dos of our kinds and on our records end with the addon, also those that are done and archived."""
    kinds = env["ir.model.data"].search([("module", "=", "cx_complaint"), ("model", "=", "mail.activity.type")])
    env["mail.activity"].with_context(active_test=False).search([
        "|", ("activity_type_id", "in", kinds.mapped("res_id")), ("res_model", "=like", "cx.%")]).unlink()


def _let_go(env):
    """Take the addon's names off the records that Odoo is not to delete one by one.

    Our own tables go as a whole: deleting their rows first only trips over the links between them. Products, partners
    and people that the ERP's documents refer to stay with those; the people cannot log in any more.
    """
    names = env["ir.model.data"].search([
        ("module", "=", "cx_complaint"), "|", ("model", "=like", "cx.%"), ("model", "in", _STAYING)])
    people = env["res.users"].browse(names.filtered(lambda name: name.model == "res.users").mapped("res_id"))
    for person in people.exists():
        person.write({"active": False, "login": f"{person.login}-{person.id}"})
    names.unlink()
