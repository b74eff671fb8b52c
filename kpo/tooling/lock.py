"""`make lock`: pin every package with its hash, without a word on where it came from."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".venv" / "bin"
OPTIONS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--upgrade",
    "--quiet",
)


def main() -> None:
    # The development lock holds the other one as a constraint, so the order matters.
    for name in ("requirements", "requirements-development"):
        files = (f"{name}.in", "-o", f"{name}.txt")
        subprocess.run([BIN / "uv", "pip", "compile", *OPTIONS, *files], cwd=ROOT, check=True)
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", os.defpath)])
    subprocess.run(
        [BIN / "npm", "install", "--package-lock-only", "--silent"],
        cwd=ROOT,
        env={**os.environ, "PATH": path},
        check=True,
    )


if __name__ == "__main__":
    main()
