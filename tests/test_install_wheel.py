"""The addon as a package: it builds into a wheel, and the wheel alone makes a working installation."""

import shutil
import subprocess
import zipfile

import pytest

from dev import places


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Built from a copy without version control, as from a downloaded archive."""
    folder = tmp_path_factory.mktemp("wheel")
    shutil.copytree(
        places.ADDON_FOLDER, folder / places.ADDON, ignore=shutil.ignore_patterns("__pycache__", "build", "*.egg-info")
    )
    subprocess.run(
        [places.venv_python(), "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index"]
        + ["-w", folder, folder / places.ADDON],
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


def test_wheel_holds_every_file_of_the_addon(wheel):
    """Whatever lies in the addon's folder is in the wheel: a missing view or translation would show only at a customer's."""
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    ignored = {"__pycache__", "pyproject.toml", "build"}
    expected = {
        f"odoo/addons/{places.ADDON}/{path.relative_to(places.ADDON_FOLDER)}"
        for path in places.ADDON_FOLDER.rglob("*")
        if path.is_file() and not ignored & set(path.parts)
    }
    assert expected - inside == set()


def test_wheel_names_version_and_licence(wheel):
    name = wheel.name
    assert name.startswith("odoo_addon_cx_complaint-19.0."), name
    archive = zipfile.ZipFile(wheel)
    (metadata,) = [file for file in archive.namelist() if file.endswith("/METADATA")]
    assert "LGPL-3" in archive.read(metadata).decode()


def test_wheel_installs_into_an_empty_addons_path(wheel, make_instance, tmp_path):
    """Nothing but the wheel's content: no file of the checkout is within reach of this Odoo."""
    zipfile.ZipFile(wheel).extractall(tmp_path)
    addons = tmp_path / "odoo" / "addons"
    instance = make_instance(places.BASE_DATABASE, addons_path=str(addons))
    instance.install()
    assert instance.state_of() == "installed"
    place = instance.shell(f"import odoo.addons.{places.ADDON} as addon\nresult = addon.__file__")
    assert place.startswith(str(addons)), place
