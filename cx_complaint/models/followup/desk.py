from lxml import etree

from odoo import api, models
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

# What waits on whose desk: a heading, the groups whose desk it is, and the queues on it. A queue is an action: its own
# domain says what waits there, so that the figure on the desk and the list behind it cannot differ.
DESKS = (
    ("cases", ("base.group_user",), ("task_action_mine", "complaint_action_mine", "internal_sale_item_action")),
    ("service", ("cx_complaint.group_service", "cx_complaint.group_sales"), (
        "task_action_board", "complaint_action_to_confirm", "stock_move_action_unassigned", "rma_line_action_receive",
        "settlement_action_to_execute")),
    ("quality", ("cx_complaint.group_quality",), (
        "complaint_line_action_judge", "rma_line_action_inspect", "rma_line_action_decide", "disposition_action_release")),
    ("engineering", ("cx_complaint.group_engineering",), ("rework_scheme_action", "rework_proof_action")),
    ("planning", ("cx_complaint.group_planning",), (
        "rma_line_action_replenishment", "disposition_action_planning", "disposition_action_rework")),
    ("warehouse", ("cx_complaint.group_warehouse",), (
        "consignment_action_dock", "disposition_action_execute", "stock_picking_action_receive",
        "stock_picking_action_ship_back")),
    ("trade", ("cx_complaint.group_trade",), ("customs_contract_action",)),
    ("finance", ("cx_complaint.group_finance",), ("settlement_action_to_post", "disposition_action_scrap_sign")),
    ("management", ("cx_complaint.group_manager",), ("settlement_action_to_approve",)),
)


_ICONS = {
    "cx.complaint": "fa-bullhorn", "cx.complaint.line": "fa-gavel", "cx.task": "fa-clock-o", "cx.rma": "fa-reply",
    "cx.rma.line": "fa-search", "cx.disposition": "fa-random", "cx.settlement": "fa-handshake-o",
    "cx.consignment": "fa-truck", "stock.picking": "fa-cubes", "stock.move": "fa-question-circle",
    "cx.customs.contract": "fa-globe", "cx.rework.scheme": "fa-wrench", "cx.rework.proof": "fa-check-square-o",
    "cx.internal.sale.item": "fa-tags",
}


class Desk(models.AbstractModel):
    """What waits for the user, by his functions: the page that he lands on."""

    _name = "cx.desk"
    _description = "Desk"

    @api.model
    def show(self):
        """Everything that the page shows.

        :return: dict of ``sections``: each with its ``title`` and the ``tiles`` of its queues
        """
        sections = [
            {"key": key, "title": title, "tiles": tiles}
            for key, title, names in self._desks_of_user() if (tiles := self._tiles(names))
        ]
        return {"sections": sections}

    @api.model
    def _titles(self):
        return {
            "cases": self.env._("My Work"),
            "service": self.env._("Customer Service and Sales"),
            "quality": self.env._("Quality"),
            "engineering": self.env._("Engineering"),
            "planning": self.env._("Planning"),
            "warehouse": self.env._("Warehouse"),
            "trade": self.env._("Import/Export"),
            "finance": self.env._("Finance"),
            "management": self.env._("Management"),
        }

    @api.model
    def _desks_of_user(self):
        """Key, heading and queues of each desk that is the user's."""
        titles = self._titles()
        return [
            (key, titles[key], names) for key, groups, names in DESKS
            if any(self.env.user.has_group(group) for group in groups)
        ]

    @api.model
    def _tiles(self, names):
        """The queues that the user may open, with how much waits in each."""
        actions = [self.env.ref(f"cx_complaint.{name}", raise_if_not_found=False) for name in names]
        # sudo: ir.ui.menu - which actions are behind menus that are gone
        unused = {menu.action for menu in self.env["ir.ui.menu"]._cx_unused().sudo()}
        return [self._tile(action) for action in actions if action and action not in unused and self._may_open(action)]

    @api.model
    def _may_open(self, action):
        action = action.sudo()  # sudo: ir.actions.act_window - which groups it is for
        may = not action.group_ids or bool(action.group_ids & self.env.user.all_group_ids)
        return may and self.env[action.res_model].has_access("read")

    @api.model
    def _tile(self, action):
        """One queue: its name, how much waits, how much of it is late."""
        data = action.sudo()  # sudo: ir.actions.act_window - the text of a page that the user may open
        model = self.env[data.res_model]
        domain = self._domain(data)
        late = model._late_domain() if hasattr(model, "_late_domain") else None
        return {
            "action": data.xml_id,
            "label": data.name,
            "icon": _ICONS.get(data.res_model, "fa-list"),
            "count": model.search_count(domain),
            "late": model.search_count(domain & Domain(late)) if late else 0,
        }

    @api.model
    def _domain(self, action):
        """What the list behind the queue shows when it is opened."""
        names = {"uid": self.env.uid, "active_id": False, "allowed_company_ids": self.env.companies.ids}
        context = safe_eval(action.context or "{}", names)
        chosen = {key.removeprefix("search_default_") for key, value in context.items()
                  if key.startswith("search_default_") and value}
        # sudo: ir.ui.view - the search page of a list that the user may open
        view = self.env[action.res_model].get_view(action.sudo().search_view_id.id or False, "search")["arch"]
        return Domain.AND([Domain(safe_eval(action.domain or "[]", names)), *(
            Domain.OR(Domain(safe_eval(text, names)) for text in group) for group in _chosen_filters(view, chosen))])


def _chosen_filters(arch, chosen):
    """Texts of the domains of the filters that are switched on, by group: those that no separator parts are alternatives."""
    groups = [[]]
    for node in etree.fromstring(arch):
        if node.tag == "separator":
            groups.append([])
        elif node.tag == "filter" and node.get("name") in chosen and node.get("domain"):
            groups[-1].append(node.get("domain"))
    return [group for group in groups if group]

