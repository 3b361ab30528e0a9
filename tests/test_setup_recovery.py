"""The set-up is run on machines we never see: each known mishap gives one clear sentence, and running again recovers."""

import multiprocessing
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest

from dev import commands, databases, odoo_source, places, server, system
from dev.console import Stop


@pytest.fixture
def packages(tmp_path, monkeypatch):
    """A pinned package small enough to play with, in a cache and a working folder of its own."""
    tree = tmp_path / "tree"
    release = tree / "usr/lib/python3/dist-packages/odoo/release.py"
    release.parent.mkdir(parents=True)
    release.write_text("version_info = (19, 0)\n")
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN/control").write_text(
        "Package: odoo-19\nVersion: 19.0-1\nArchitecture: all\nMaintainer: nobody <nobody@example.com>\nDescription: test\n"
    )
    archive = tmp_path / "odoo-19.deb"
    subprocess.run(["dpkg-deb", "--build", "--root-owner-group", tree, archive], check=True, capture_output=True)
    lock = tmp_path / "odoo.lock"
    lock.write_text(f"# pinned\nodoo-19 sid 19.0-1 {odoo_source.sha256(archive)}\n")
    monkeypatch.setattr(odoo_source, "LOCK", lock)
    monkeypatch.setattr(odoo_source.pinned, "__defaults__", (lock,))
    monkeypatch.setattr(places, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(places, "WORK", tmp_path / "work")
    monkeypatch.setattr(places, "ODOO_ROOT", tmp_path / "work" / "odoo")
    monkeypatch.delenv("ODOO_HOME", raising=False)
    (tmp_path / "work").mkdir()
    return archive


def in_cache(archive):
    (package,) = odoo_source.pinned()
    target = odoo_source.cached(places.CACHE / "packages", package)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(archive, target)
    return target


@pytest.fixture
def no_mirror(monkeypatch):
    """A Debian mirror that does not answer."""
    monkeypatch.setattr(odoo_source, "configured_mirror", lambda: "http://127.0.0.1:9/debian")


# -- fetching and unpacking -------------------------------------------------------------------------------------------


def test_a_cached_package_needs_no_mirror(packages, no_mirror):
    in_cache(packages)
    odoo_source.provide()
    assert (places.odoo_home() / "odoo/release.py").is_file()


def test_without_mirror_and_cache_the_way_out_is_named(packages, no_mirror):
    with pytest.raises(Stop, match="mirror did not answer") as stop:
        odoo_source.provide()
    assert "ODOO_HOME=" in str(stop.value)


def test_a_damaged_cached_package_is_not_used(packages, no_mirror):
    in_cache(packages).write_bytes(b"half a package")
    with pytest.raises(Stop):
        odoo_source.provide()
    assert not places.ODOO_ROOT.exists()


def test_unpacking_recovers_from_a_killed_run(packages):
    in_cache(packages)
    (places.WORK / "odoo.new" / "usr").mkdir(parents=True)  # left by a run killed while it unpacked
    (places.ODOO_ROOT / "usr").mkdir(parents=True)  # without the stamp that says it is whole
    odoo_source.provide()
    assert (places.odoo_home() / "odoo/release.py").is_file()
    assert not (places.WORK / "odoo.new").exists()


def test_a_changed_pin_unpacks_anew(packages):
    in_cache(packages)
    odoo_source.provide()
    stale = places.ODOO_ROOT / "stale"
    stale.touch()
    odoo_source.LOCK.write_text(odoo_source.LOCK.read_text() + "# moved on\n")
    odoo_source.provide()
    assert not stale.exists()


@pytest.mark.parametrize(
    ("release", "complaint"), [(None, "does not hold Odoo"), ("version_info = (18, 0)", "is not Odoo 19")]
)
def test_a_wrong_odoo_home_is_named(tmp_path, monkeypatch, release, complaint):
    if release:
        (tmp_path / "odoo").mkdir()
        (tmp_path / "odoo/release.py").write_text(release)
    monkeypatch.setenv("ODOO_HOME", str(tmp_path))
    with pytest.raises(Stop, match=complaint):
        odoo_source.provide()


def test_every_pin_is_complete():
    """A pin without its sum would let anything in; the fonts are pinned because the pages link to them."""
    pins = odoo_source.pinned()
    assert {"odoo-19", "fonts-font-awesome"} <= {pin.name for pin in pins}
    assert [pin.name for pin in pins if len(pin.sha256) != 64] == []


def test_the_unpacked_odoo_has_no_dead_links():
    """Debian's package links to fonts and scripts of other packages; one that is not fetched breaks an asset bundle."""
    if os.environ.get("ODOO_HOME"):
        return
    dead = [path.name for path in places.ODOO_ROOT.rglob("*") if path.is_symlink() and not path.exists()]
    assert set(dead) <= {"Inconsolata.otf"}


# -- the machine ----------------------------------------------------------------------------------------------------


def test_without_root_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(system, "is_root", lambda: False)
    monkeypatch.setattr(system, "TO_RUN", {"PostgreSQL server": ("postgresql", lambda: False)})
    with pytest.raises(Stop, match="sudo apt-get install postgresql"):
        system.provide()


def test_without_apt_it_names_what_is_missing(monkeypatch):
    monkeypatch.setattr(system, "TO_RUN", {"PostgreSQL server": ("postgresql", lambda: False)})
    monkeypatch.setattr(system.shutil, "which", lambda name: None if name == "apt-get" else f"/usr/bin/{name}")
    monkeypatch.setattr(system, "python_for_odoo", lambda: sys.executable)
    with pytest.raises(Stop, match="Missing: PostgreSQL server. There is no apt here"):
        system.provide()


def test_an_unfit_python_is_refused(monkeypatch):
    monkeypatch.setenv("PYTHON", sys.executable)
    monkeypatch.setattr(system, "python_version", lambda path: (3, 9))
    with pytest.raises(Stop, match="Python 3.10 to 3.13"):
        system.python_for_odoo()


def test_too_little_disk_is_said_beforehand():
    with pytest.raises(Stop, match="disk is .*full"):
        commands.refuse_full_disk(10**6)


def test_a_full_disk_is_recognised_in_what_a_program_says():
    words = "ERROR: could not extend file: No space left on device"
    assert "The disk is full" in commands.explain("Installing failed.", words)


# -- the server -------------------------------------------------------------------------------------------------------


def test_a_taken_port_is_named_with_a_way_out(monkeypatch):
    with socket.socket() as other_program:
        other_program.bind((places.HOST, 0))
        other_program.listen()
        port = other_program.getsockname()[1]
        monkeypatch.setattr(places, "HTTP_PORT", port)
        with pytest.raises(Stop, match=f"Port {port} is taken.*make run PORT={port + 1}"):
            server.refuse_taken_port()


def test_a_stale_pid_file_never_names_somebody_else(tmp_path, monkeypatch):
    """After a reboot the number in the file may belong to any other process; it must not be stopped."""
    monkeypatch.setattr(server, "PID_FILE", tmp_path / "odoo.pid")
    server.PID_FILE.write_text(f"{os.getpid()} 12345 8069")
    assert server.running_process() is None
    server.stop()
    assert not server.PID_FILE.exists()


def test_the_own_server_is_recognised(tmp_path, monkeypatch):
    monkeypatch.setattr(server, "PID_FILE", tmp_path / "odoo.pid")
    server.PID_FILE.write_text(f"{os.getpid()} {server.born(os.getpid())} 8070")
    assert server.running_process() == os.getpid()
    assert server.running_port() == "8070"


# -- databases ------------------------------------------------------------------------------------------------------


def install_slowly(name):
    """In a process of its own, to be killed in the middle."""
    databases.install(name, "crm", "-i", title="An installation that is interrupted")


def test_an_installation_dies_with_the_set_up_and_can_be_repeated(erp):
    """``kill -9`` in the middle leaves no Odoo behind that goes on writing, and the next run starts from a clean clone."""
    process = multiprocessing.get_context("fork").Process(target=install_slowly, args=(erp.name,))
    process.start()
    wait_until(lambda: connections(erp.name))
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    wait_until(lambda: not connections(erp.name))
    databases.clone(places.BASE_DATABASE, erp.name)
    erp.install()
    assert erp.state_of() == "installed"


def connections(name):
    return databases.psql(f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}'") != "0"


def wait_until(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")


def test_a_failed_installation_says_where_it_failed(erp, tmp_path, monkeypatch):
    monkeypatch.setattr(places, "LOGS", tmp_path)
    monkeypatch.setattr(databases, "addons_path", lambda: str(tmp_path / "addons"))
    addon = tmp_path / "addons" / "cx_broken"
    addon.mkdir(parents=True)
    (addon / "__init__.py").touch()
    (addon / "__manifest__.py").write_text(
        "{'name': 'Broken', 'data': ['absent.xml'], 'license': 'LGPL-3', 'author': 'x'}"
    )
    with pytest.raises(Stop, match="(?s)failed; the whole log is .*absent.xml"):
        databases.install(erp.name, "cx_broken", "-i", title="Installing a broken addon")


def test_preparing_is_done_by_one_run_at_a_time(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(places, "WORK", tmp_path)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD_THE_LOCK, str(tmp_path / "setup.lock")], stdout=subprocess.PIPE, text=True
    )
    holder.stdout.readline()
    started = time.monotonic()
    with commands.alone():
        waited = time.monotonic() - started
    holder.wait()
    assert waited > 0.5
    assert "waiting" in capsys.readouterr().out


HOLD_THE_LOCK = """
import fcntl, sys, time
with open(sys.argv[1], "w") as lock:
    fcntl.flock(lock, fcntl.LOCK_EX)
    print("held", flush=True)
    time.sleep(1)
"""
