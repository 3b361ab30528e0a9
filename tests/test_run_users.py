"""What `make run` promises: each of the printed users can log in with the printed password and open the application."""

import http.cookiejar
import json
import urllib.request
from pathlib import Path

from dev import places, server


def printed_logins():
    lines = (line.split("|")[0].strip() for line in server.USERS.read_text().splitlines())
    return [login for login in lines if login and not login.startswith("#")]


class Browser:
    """A session of the web client, as far as these tests need one."""

    def __init__(self, address):
        self.address = address
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def call(self, path, **params):
        request = urllib.request.Request(
            self.address + path,
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with self.opener.open(request, timeout=60) as response:
            answer = json.load(response)
        assert "error" not in answer, answer["error"]["data"]["message"]
        return answer["result"]

    def read(self, model, method, *args, **kwargs):
        return self.call(f"/web/dataset/call_kw/{model}/{method}", model=model, method=method, args=args, kwargs=kwargs)


def test_every_printed_user_can_log_in_and_see_the_cases(installed):
    with installed.server() as (address, _process):
        for login in printed_logins():
            browser = Browser(address)
            session = browser.call("/web/session/authenticate", db=installed.name, login=login, password=login)
            assert session["uid"], login
            menus = browser.read("ir.ui.menu", "load_menus", False)
            assert any(
                menu.get("xmlid", "").startswith(f"{places.ADDON}.")
                for menu in menus.values()
                if isinstance(menu, dict)
            ), f"{login} has no menu of the application"
            browser.read("cx.complaint", "search_count", [])
            if login != "admin":
                mine = browser.read("cx.task", "search_count", [["queue_user_ids", "in", session["uid"]], ["due_on", "!=", False]])
                assert mine, f"{login} has no task with a clock"
    assert installed.bad_lines() == []


def test_the_server_listens_on_this_machine_only(installed):
    with installed.server() as (address, process):
        listening = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        port = f"{int(address.rsplit(':', 1)[1]):04X}"
        places_listened = {row[1].split(":")[0] for row in listening if row[3] == "0A" and row[1].endswith(f":{port}")}
        assert process.poll() is None
    assert places_listened == {"0100007F"}  # 127.0.0.1
