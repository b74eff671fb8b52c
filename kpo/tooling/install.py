"""Puts what KPO needs into `.venv` and `static/vendor`; the rest of the project can then run.

Runs on a bare Python, so it imports the standard library only. Every step leaves a stamp
with the hash of what it installed, so that a second run costs milliseconds.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements-development.txt"
NODE_MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
FONT_STYLES = ("300-normal", "400-normal", "400-italic", "500-normal", "600-normal")
FONT_SUBSETS = ("latin", "latin-ext")
OLDEST_PYTHON = (3, 11)


def main() -> None:
    if sys.version_info < OLDEST_PYTHON:
        raise SystemExit("KPO heeft Python 3.11 of nieuwer nodig: make run PYTHON=python3.11")
    # An existing file serves as the lock: two set-ups at once wait for each other.
    with (ROOT / "pyproject.toml").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        install_python_packages()
        install_front_end()


def install_python_packages() -> None:
    state = _digest(REQUIREMENTS.read_bytes(), sys.version.encode(), os.fsencode(VENV))
    stamp = VENV / ".kpo-installed"
    if _reads(stamp) == state and PYTHON.exists():
        return
    say("Python-pakketten installeren in .venv (de eerste keer duurt dat een paar minuten)")
    make_venv()
    _run(
        *_pip(),
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
        "--require-hashes",
        f"--requirement={REQUIREMENTS}",
    )
    stamp.write_text(state)


def make_venv() -> None:
    """Debian ships Python without ensurepip; a pip beside the interpreter does as well."""
    if PYTHON.exists() and _is_same_python():
        return
    shutil.rmtree(VENV, ignore_errors=True)
    with_pip = importlib.util.find_spec("ensurepip") is not None
    if not with_pip and importlib.util.find_spec("pip") is None:
        raise SystemExit(
            "Deze Python heeft geen venv en geen pip. Installeer eerst python3-venv, "
            "of wijs een andere aan met PYTHON=/pad/naar/python3."
        )
    _run(sys.executable, "-m", "venv", *([] if with_pip else ["--without-pip"]), str(VENV))


def install_front_end() -> None:
    """Fetch the npm packages of the lock file and copy what pages use to `static/vendor`."""
    state = _digest((ROOT / "package-lock.json").read_bytes(), Path(__file__).read_bytes())
    stamp = VENDOR / ".kpo-installed"
    if _reads(stamp) == state:
        return
    say("Stijlen, lettertype en htmx ophalen naar static/vendor")
    # The wheel's own node, whatever else the machine has under that name.
    path = os.pathsep.join([str(PYTHON.parent), os.environ.get("PATH", os.defpath)])
    _run(str(PYTHON.parent / "npm"), "ci", "--omit=dev", "--silent", env={"PATH": path})
    copy_front_end()
    stamp.write_text(state)


def copy_front_end() -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, target in front_end_files().items():
        destination = VENDOR / target
        destination.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(NODE_MODULES / source, destination)


def front_end_files() -> dict[str, str]:
    """What is copied: path under node_modules to path under static/vendor."""
    fonts = [
        f"fira-sans-{subset}-{style}.woff2" for subset in FONT_SUBSETS for style in FONT_STYLES
    ]
    return {
        "@utrecht/component-library-css/dist/index.css": "utrecht/utrecht.css",
        "@utrecht/component-library-css/LICENSE.md": "utrecht/LICENSE.md",
        "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
        "htmx.org/LICENSE": "htmx/LICENSE",
        "@fontsource/fira-sans/LICENSE": "fonts/LICENSE",
    } | {f"@fontsource/fira-sans/files/{name}": f"fonts/{name}" for name in fonts}


def say(sentence: str) -> None:
    print(f"• {sentence}", flush=True)


def _pip() -> list[str]:
    """The environment's own pip, or this interpreter's where it was made without one."""
    if (VENV / "bin" / "pip").exists():
        return [str(PYTHON), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", str(PYTHON)]


def _is_same_python() -> bool:
    """A venv of another Python, or one that was moved, is made anew."""
    code = "import sys; print(sys.version, sys.prefix, sep='\\n')"
    told = subprocess.run([str(PYTHON), "-c", code], capture_output=True, text=True, check=False)
    return told.stdout.strip() == f"{sys.version}\n{VENV}"


def _run(*command: str, env: dict[str, str] | None = None) -> None:
    finished = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if finished.returncode != 0:
        raise SystemExit(f"Dit lukte niet: {' '.join(command)}")


def _reads(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def _digest(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


if __name__ == "__main__":
    main()
