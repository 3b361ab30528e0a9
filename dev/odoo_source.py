"""Get Odoo 19 from Debian's package into a private folder. Nothing is installed into the system.

The package and the few it points to are pinned in ``odoo.lock``. They are taken from the cache, or from the Debian mirror
this machine is configured with: apt checks them against the archive's signed index, this module against the pinned sums.
"""

import hashlib
import os
import shutil
import subprocess
from collections import namedtuple
from pathlib import Path

from . import places
from .commands import run
from .console import Stop, step, warn

LOCK = places.TOOLS / "odoo.lock"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
WAY_OUT = (
    "Use an Odoo 19 that you have already: `make run ODOO_HOME=/path/to/odoo` "
    "(the folder that holds `odoo/` and `addons/`)."
)

# Debian leaves this one non-free file out; a browser refuses every asset bundle that lists a missing file.
LEFT_OUT = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"

Package = namedtuple("Package", "name suite version sha256")


def pinned(lock=LOCK):
    lines = (line.split() for line in lock.read_text().splitlines())
    return [Package(*line) for line in lines if line and not line[0].startswith("#")]


def provide():
    """Make sure ``places.odoo_home()`` holds Odoo 19."""
    if os.environ.get("ODOO_HOME"):
        return check_own_odoo(places.odoo_home())
    stamp = places.ODOO_ROOT / "complete"
    wanted = LOCK.read_text()
    if stamp.is_file() and stamp.read_text() == wanted:
        return None
    archives = fetch()
    with step("Unpacking Odoo"):
        unpack(archives, wanted)
    return None


def check_own_odoo(home):
    release = home / "odoo" / "release.py"
    if not release.is_file():
        raise Stop(f"ODOO_HOME={home} does not hold Odoo: there is no {release}.")
    if "version_info = (19" not in release.read_text():
        raise Stop(f"ODOO_HOME={home} is not Odoo 19, which this addon needs.")


def fetch():
    """The paths of all packages: from the cache where the pinned one is there, else from the mirror."""
    cache = places.CACHE / "packages"
    cache.mkdir(parents=True, exist_ok=True)
    packages = pinned()
    missing = [package for package in packages if not is_good(cached(cache, package), package)]
    if not missing:
        return [cached(cache, package) for package in packages]
    try:
        mirror = PrivateApt()
        mirror.update()
    except Stop as error:
        fallback = [newest_cached(cache, package) for package in packages]
        if not all(fallback):
            raise
        warn(f"{error}\n   Going on with the packages of an earlier run from {cache}.")
        return fallback
    for package in missing:
        mirror.download(package, cache)
    return [newest_cached(cache, package) for package in packages]


def cached(cache, package):
    return cache / package.name / f"{package.version.replace(':', '%3a')}.deb"


def is_good(path, package):
    return path.is_file() and sha256(path) == package.sha256


def newest_cached(cache, package):
    """The pinned package, or the one fetched last when the mirror no longer had that."""
    if is_good(cached(cache, package), package):
        return cached(cache, package)
    found = sorted((cache / package.name).glob("*.deb"), key=lambda path: path.stat().st_mtime)
    return found[-1] if found else None


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


class PrivateApt:
    """An apt with its own lists and sources, so that asking for Debian's newest suite never touches the system."""

    def __init__(self):
        if not shutil.which("apt-get") or not KEYRING.is_file():
            raise Stop(f"Odoo comes from a Debian package, and this system has no apt with Debian's keyring. {WAY_OUT}")
        self.folder = places.WORK / "apt"
        for part in ("sources", "lists/partial", "cache/archives/partial"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        suites = sorted({package.suite for package in pinned()})
        (self.folder / "sources" / "debian.sources").write_text(
            f"Types: deb\nURIs: {configured_mirror()}\nSuites: {' '.join(suites)}\n"
            f"Components: main\nSigned-By: {KEYRING}\n"
        )
        settings = {
            "Dir::Etc::sourcelist": "/dev/null",
            "Dir::Etc::sourceparts": self.folder / "sources",
            "Dir::Etc::preferencesparts": "/dev/null",
            "Dir::State::lists": self.folder / "lists",
            "Dir::Cache": self.folder / "cache",
            "APT::Sandbox::User": "root",
            "Acquire::Languages": "none",
            "Acquire::Retries": "2",
            "Acquire::http::Timeout": "20",
        }
        self.config = self.folder / "apt.conf"
        self.config.write_text("".join(f'{name} "{value}";\n' for name, value in settings.items()))
        self.env = dict(os.environ, APT_CONFIG=str(self.config))

    def update(self):
        with step("Reading Debian's package index"):
            run(["apt-get", "update", "--error-on=any"], f"The Debian mirror did not answer. {WAY_OUT}", env=self.env)

    def download(self, package, cache):
        """Fetch the pinned version, or the mirror's own when it has moved on; the cache gets whole files only."""
        wanted = f"{package.name}={package.version}"
        if not self.offers(package):
            warn(f"The mirror no longer has {wanted}; going on with its version from {package.suite}.")
            wanted = f"{package.name}/{package.suite}"
        arriving = cache / "arriving"
        shutil.rmtree(arriving, ignore_errors=True)
        arriving.mkdir()
        with step(f"Fetching {wanted}"):
            run(
                ["apt-get", "download", wanted], f"{wanted} could not be fetched. {WAY_OUT}", env=self.env, cwd=arriving
            )
        (file,) = arriving.glob("*.deb")
        version = run(["dpkg-deb", "-f", file, "Version"], f"{file.name} is damaged.").strip()
        if version == package.version and sha256(file) != package.sha256:
            raise Stop(f"{file.name} is not the file pinned in {LOCK.name}: its sum differs. Not using it.")
        target = cached(cache, package._replace(version=version))
        target.parent.mkdir(exist_ok=True)
        file.rename(target)

    def offers(self, package):
        versions = subprocess.run(
            ["apt-cache", "madison", package.name], env=self.env, capture_output=True, text=True
        ).stdout
        return any(line.split("|")[1].strip() == package.version for line in versions.splitlines() if "|" in line)


def configured_mirror():
    """The Debian mirror that this machine uses already; no address is written into the project."""
    lines = run(
        ["apt-get", "indextargets", "--format", "$(LABEL) $(REPO_URI)"], "The apt configuration could not be read."
    )
    mirrors = [line.split(" ", 1)[1] for line in lines.splitlines() if line.startswith("Debian ")]
    if not mirrors:
        raise Stop(
            f"No Debian mirror is known here (on Debian: run `apt-get update` once as root). "
            f"Odoo 19 is taken from Debian's own package. {WAY_OUT}"
        )
    return mirrors[0]


def unpack(archives, wanted):
    """Unpack beside the final place and rename at the end, so that a killed run leaves nothing half-finished."""
    fresh = places.ODOO_ROOT.with_name("odoo.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for archive in archives:
        run(["dpkg-deb", "-x", archive, fresh], f"{archive} could not be unpacked.")
    home = fresh / places.odoo_home().relative_to(places.ODOO_ROOT)
    # The package carries a second copy of the addons, without their data files, where Odoo would look first.
    shutil.rmtree(home / "addons", ignore_errors=True)
    stub = home / LEFT_OUT
    if not stub.exists():
        stub.parent.mkdir(parents=True, exist_ok=True)
        stub.write_text("// Not part of Debian's package.\n")
    (fresh / "complete").write_text(wanted)
    shutil.rmtree(places.ODOO_ROOT, ignore_errors=True)
    fresh.rename(places.ODOO_ROOT)
