"""Takes out of a view what companies do without."""

from ..procedure.needs import NEEDS

_VIEWS = frozenset({"form", "list", "kanban", "search", "pivot", "graph", "calendar", "activity"})
_WITH_RECORDS = frozenset({"form", "list", "kanban"})


class NeedsView:
    """One view, and the user's companies that lack something.

    What none of them has is not there and costs nothing, but for what a record keeps in sight. What some of them have is
    out of sight on the records of the others.
    """

    def __init__(self, env, lacking):
        self._env = env
        self._lacking = lacking  # as ResCompany._cx_lacking()
        self._hidden = {}  # node of a form: when it is out of sight

    def trim(self, node, model, kind):
        """Trim a node and what stands in it.

        :param str model: whose view it stands in
        :param str kind: of that view: form, list, search …
        """
        for child in list(node):
            if not isinstance(child.tag, str) or not self._keep(child, model, kind):
                continue
            inner = kind
            if child.tag in _VIEWS:
                inner = child.tag
            elif kind == "list" and child.tag == "header":
                inner = "header"
            self.trim(child, self._model_inside(child, model), inner)
        if node.tag == "group" and node.get("string"):
            self._hide_empty(node)

    def _model_inside(self, node, model):
        field = self._env[model]._fields.get(node.get("name")) if node.tag == "field" and len(node) else None
        return field.comodel_name if field is not None and field.relational else model

    def _keep(self, node, model, kind):
        """Do with a node what the table says.

        :return: False when it was taken out
        """
        for setting, companies, is_everywhere in self._lacking:
            parts = NEEDS[setting].parts.get(model, {})
            name = next((name for name in (node.get("name"), node.get("for")) if name in parts), None)
            if name and not self._asks_parent(node):
                if is_everywhere and (parts[name] is None or kind != "form"):
                    node.getparent().remove(node)
                    return False
                if kind in _WITH_RECORDS and "company_id" in self._env[model]._fields:
                    self._hide(node, companies, parts[name])
            values = NEEDS[setting].choices.get(model, {}).get(node.get("name"))
            if values and is_everywhere and node.tag == "field" and kind in _WITH_RECORDS:
                self._offer_without(node, values)
        return True

    def _asks_parent(self, node):
        """A list that stands in a form asks that form whether its column has something to say."""
        return "parent.has_" in node.get("column_invisible", "")

    def _hide(self, node, companies, unless):
        """Out of sight on the records of these companies."""
        there = f"company_id in {list(companies)}" + (f" and not ({unless})" if unless else "")
        before = node.get("invisible")
        node.set("invisible", f"({before}) or ({there})" if before else there)
        self._hidden[node] = node.get("invisible")

    def _hide_empty(self, group):
        """A title with nothing below it is out of sight, too."""
        shown = [node for node in group.iter("field", "button", "label") if node not in self._hidden]
        hidden = [self._hidden[node] for node in group.iter("field") if node in self._hidden]
        if hidden and not shown and not group.get("invisible"):
            group.set("invisible", " and ".join(f"({one})" for one in hidden))

    def _offer_without(self, node, values):
        """A value that was chosen already stays in sight; the widget sees to it."""
        if not node.get("widget") and not node.get("options"):
            node.set("widget", "filterable_selection")
            node.set("options", str({"blacklisted_values": sorted(values)}))
