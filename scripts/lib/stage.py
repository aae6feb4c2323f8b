"""Lays out the built functions for deployment: usage: stage.py TABLE TARGET STAGED

For each function of TABLE (infra/functions.json) makes STAGED/<name>/bootstrap, a script that
runs the binary, and STAGED/.bin/<name>-<build>, the binary itself, linked from TARGET.

The script stands in for the binary because a debug build is tens of megabytes: to zip and upload
all of them takes 40 s, the scripts 1 s. It names the build, so a function that was built anew is
deployed anew, and one that was not is left running. The link keeps a deployed build in place
while the next is being made.

Prints the names whose build is not the one that was staged before, one a line.
"""

import json
import os
import shutil
import sys
from pathlib import Path

table, target, staged = (Path(argument) for argument in sys.argv[1:])
binaries = staged / ".bin"
binaries.mkdir(parents=True, exist_ok=True)
names = [entry["name"] for entry in json.loads(table.read_text())]

missing = [name for name in names if not (target / name).is_file()]
if missing:
    sys.exit(
        f"no binary for {', '.join(missing)} in {target}: "
        "functions/table/rows.rs names what functions/Cargo.toml does not build"
    )

kept = set()
for name in names:
    binary = target / name
    stat = binary.stat()
    build = f"{stat.st_mtime_ns:x}-{stat.st_size:x}"
    linked = binaries / f"{name}-{build}"
    kept.add(linked.name)
    if not linked.exists():
        try:
            os.link(binary, linked)
        except OSError:  # another file system
            shutil.copy2(binary, linked)

    script = f"#!/bin/sh\nexec '{linked.absolute()}'\n"
    bootstrap = staged / name / "bootstrap"
    if not bootstrap.is_file() or bootstrap.read_text() != script:
        bootstrap.parent.mkdir(exist_ok=True)
        bootstrap.write_text(script)
        bootstrap.chmod(0o755)
        print(name)

# What runs keeps its file open; what is started from now on is one of the builds above.
for old in binaries.iterdir():
    if old.name not in kept:
        old.unlink()
for folder in staged.iterdir():
    if folder.name not in (".bin", *names):
        shutil.rmtree(folder)
