"""What the operating system has to provide: a Python, PostgreSQL, and for the tests a browser and PDF tools."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from .commands import is_root, run
from .console import Stop, step

OLDEST, NEWEST = (3, 10), (3, 13)

# What must be found on the machine, and the Debian package that brings it.
TO_RUN = {
    "PostgreSQL server": ("postgresql", lambda: postgres_folder() is not None),
    "wkhtmltopdf (PDF documents)": ("wkhtmltopdf", lambda: bool(shutil.which("wkhtmltopdf"))),
    "Chinese fonts (PDF documents)": (
        "fonts-noto-cjk",
        lambda: any_exists("/usr/share/fonts/opentype/noto", "Noto*CJK*"),
    ),
    "libmagic (file types)": ("libmagic1", lambda: any_exists("/usr/lib", "*/libmagic.so.1")),
}
TO_TEST = {
    "Chromium (browser tests)": ("chromium", lambda: browser() is not None),
    "pdftotext (reading the PDFs back)": ("poppler-utils", lambda: bool(shutil.which("pdftotext"))),
}


def any_exists(folder, pattern):
    return Path(folder).is_dir() and any(Path(folder).glob(pattern))


def browser():
    """Ubuntu's ``chromium`` is a snap that cannot be steered here, so Google's build counts as well."""
    return shutil.which("chromium") or shutil.which("google-chrome")


def postgres_folder():
    """The folder with ``initdb`` and ``postgres``: Debian keeps them out of the PATH, one folder per version."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = Path("/usr/lib/postgresql")
    folders = [path.parent for path in versions.glob("*/bin/initdb")] if versions.is_dir() else []
    return max(folders, key=lambda folder: float(folder.parent.name), default=None)


def python_for_odoo():
    """The Python to build the environment with: ``PYTHON`` when given, else this one, else any on the PATH that fits."""
    names = [os.environ["PYTHON"]] if os.environ.get("PYTHON") else [sys.executable]
    if not os.environ.get("PYTHON"):
        names += [f"python3.{minor}" for minor in (12, 13, 11, 10)]
    for name in names:
        path = shutil.which(name)
        if path and OLDEST <= python_version(path) <= NEWEST:
            return path
    raise Stop(
        "Odoo 19 needs Python 3.10 to 3.13, and none was found. "
        "Install one (for example `apt-get install python3.12 python3.12-venv`) and name it: `make run PYTHON=python3.12`."
    )


def python_version(path):
    code = "import sys; print(*sys.version_info[:2])"
    result = subprocess.run([path, "-c", code], capture_output=True, text=True)
    return tuple(int(part) for part in result.stdout.split()) if result.returncode == 0 else (0, 0)


def has_venv_module(python):
    return subprocess.run([python, "-c", "import venv, ensurepip"], capture_output=True).returncode == 0


def provide(for_tests=False):
    """Install what is missing when that is possible, else say exactly what to install."""
    wanted = dict(TO_RUN, **TO_TEST) if for_tests else TO_RUN
    missing = {what: package for what, (package, is_there) in wanted.items() if not is_there()}
    python = python_for_odoo()
    if not has_venv_module(python):
        major, minor = python_version(python)
        missing["Python's venv module"] = f"python{major}.{minor}-venv"
    if not missing:
        return
    if not shutil.which("apt-get"):
        raise Stop(
            f"Missing: {', '.join(missing)}. There is no apt here; please install them with your system's tools."
        )
    packages = sorted(missing.values())
    by_hand = f"apt-get install {' '.join(packages)}"
    if not is_root():
        raise Stop(f"Missing: {', '.join(missing)}. Please run `sudo {by_hand}` and then the same command again.")
    install(packages, by_hand)
    still_missing = [what for what in missing if what in wanted and not wanted[what][1]()]
    if still_missing:
        raise Stop(f"Installed, but still not found: {', '.join(still_missing)}. Please check what `{by_hand}` says.")


def install(packages, by_hand):
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    with step(f"Installing {', '.join(packages)} with apt"):
        run(["apt-get", "update"], "The package lists could not be read: is the mirror reachable?", env=quiet)
        with no_cluster_of_its_own():
            run(
                ["apt-get", "install", "-y", "--no-install-recommends", *packages],
                f"Installing failed. Please look at what `{by_hand}` says.",
                env=quiet,
            )


class no_cluster_of_its_own:
    """Debian starts a database server as soon as PostgreSQL is installed; this project runs a private one instead."""

    setting = Path("/etc/postgresql-common/createcluster.d/cx_complaint.conf")

    def __enter__(self):
        self.setting.parent.mkdir(parents=True, exist_ok=True)
        self.setting.write_text("create_main_cluster = false\n")

    def __exit__(self, *_error):
        self.setting.unlink(missing_ok=True)
