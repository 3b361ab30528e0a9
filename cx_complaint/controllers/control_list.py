import os
import re
import tempfile
from datetime import datetime, time, timedelta

import pytz
from werkzeug.exceptions import BadRequest
from werkzeug.wsgi import wrap_file

from odoo import fields
from odoo.fields import Domain
from odoo.http import Controller, content_disposition, request, route

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPEN = ("authorised", "receiving", "received")


class ControlListController(Controller):
    """The returned goods control list as a file."""

    @route("/cx_complaint/control_list", type="http", auth="user", methods=["GET"], readonly=True)
    def control_list(self, date_from="", date_to="", partner_ids="", state="", company_ids="", **_other):
        """The list as a workbook, read with the user's own rights and in his own companies.

        :raises AccessError: a company that is not the user's, or a user without any right on returns
        :raises BadRequest: anything that is no date, number or state
        """
        start, end = _day(date_from), _day(date_to)
        companies = _ids(company_ids) or request.env.companies.ids
        env = request.env(context=dict(request.env.context, allowed_company_ids=companies))
        sheet = env["cx.control.list.sheet"]
        env.companies  # refuses companies that are not the user's
        env["cx.rma.line"].check_access("read")
        domain = self._domain(env, start, end, _ids(partner_ids), state) & Domain("company_id", "in", companies)
        # the file lies on disk until it is sent, and is gone when it is closed
        target = tempfile.TemporaryFile()  # noqa: SIM115
        sheet._write_book(target, domain, _period(start, end))
        length = target.seek(0, os.SEEK_END)
        target.seek(0)
        response = request.make_response(wrap_file(request.httprequest.environ, target), [
            ("Content-Type", _XLSX),
            ("Content-Length", str(length)),
            ("Content-Disposition", content_disposition(_file_name(sheet, env.company))),
            ("X-Content-Type-Options", "nosniff"),
        ])
        response.direct_passthrough = True
        response.call_on_close(target.close)
        return response

    def _domain(self, env, start, end, partner_ids, state):
        """RMA lines that were authorised in the period, in the user's time zone."""
        zone = pytz.timezone(env.user.tz or "UTC")
        states = dict(env["cx.rma"]._fields["state"].selection)
        if state and state != "open" and state not in states:
            raise BadRequest("state")
        domain = Domain("rma_id.authorised_on", "!=", False)
        if start:
            domain &= Domain("rma_id.authorised_on", ">=", _utc(start, zone))
        if end:
            domain &= Domain("rma_id.authorised_on", "<", _utc(end + timedelta(days=1), zone))
        if partner_ids:
            domain &= Domain("partner_id", "child_of", partner_ids)
        if state:
            domain &= Domain("rma_id.state", "in", _OPEN if state == "open" else (state,))
        return domain


def _day(text):
    try:
        return fields.Date.to_date(text) if text else None
    except ValueError as error:
        raise BadRequest("date") from error


def _ids(text):
    if not re.fullmatch(r"(\d{1,9}(,\d{1,9})*)?", text):
        raise BadRequest("ids")
    return [int(number) for number in text.split(",") if number]


def _utc(day, zone):
    """Midnight at which ``day`` starts in ``zone``, as the database keeps it."""
    return zone.localize(datetime.combine(day, time.min)).astimezone(pytz.utc).replace(tzinfo=None)


def _period(start, end):
    return f"{start or '…'} – {end or '…'}"


def _file_name(sheet, company):
    """Company and day, in letters that every file system takes."""
    name = re.sub(r"[^\w-]+", "_", company.name).strip("_")[:40] or "company"
    return f"returned_goods_{name}_{fields.Date.context_today(sheet)}.xlsx"
