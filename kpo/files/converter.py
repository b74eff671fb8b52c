"""
The process that opens foreign files: one small server, and a fork of it for every file.

Run as `python -m kpo.files.converter FD` by `kpo.files.isolation`, which hands it a socket per
file. It knows no database, no settings and no secrets; a fork gets limits on memory, time and
output, does one piece of work and dies.
"""

import contextlib
import gc
import importlib
import json
import os
import resource
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from kpo.files.refusals import RefusedError

PRELOADED = ("pypdfium2", "pikepdf", "docx", "pptx", "openpyxl", "odfdo", "PIL.Image")
OPEN_FILES = 64


def serve(control: socket.socket) -> None:
    """Fork for every socket that comes in, until the process that started us is gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            return
        if os.fork() == 0:
            control.close()
            _child(descriptors[0])
        os.close(descriptors[0])


def _child(descriptor: int) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with contextlib.suppress(BaseException), socket.socket(fileno=descriptor) as connection:
        stream = connection.makefile("rwb")
        stream.write(json.dumps({"pid": os.getpid()}).encode() + b"\n")
        stream.flush()
        request = json.loads(stream.readline())
        _limit(seconds=request["seconds"], megabytes=request["megabytes"])
        stream.write(json.dumps(_answer(request)).encode())
        stream.flush()
    os._exit(0)


def _limit(*, seconds: int, megabytes: int) -> None:
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 * size, 2 * size))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(seconds)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    module, _, function = request["work"].partition(":")
    target = request["target"] and Path(request["target"])
    try:
        work = getattr(importlib.import_module(module), function)
        return {"result": work(Path(request["source"]), target, **request["options"])}
    except RefusedError as refusal:
        return {"refused": refusal.reason}
    except MemoryError:
        gc.collect()
        return {"error": "memory"}
    except Exception as error:
        return {"error": type(error).__name__}


if __name__ == "__main__":
    for name in PRELOADED:
        importlib.import_module(name)
    # Collecting garbage would copy the pages that forks share.
    gc.freeze()
    serve(socket.socket(fileno=int(sys.argv[1])))
