"""Makes an Office file the same every time: its parts get one moment, whenever it is built."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def settled(content: bytes, moment: datetime) -> bytes:
    """The same archive with `moment` on every part, and in the core properties of OOXML."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as copy:
        for part in source.infolist():
            fixed = zipfile.ZipInfo(part.filename, date_time=moment.timetuple()[:6])
            fixed.compress_type = part.compress_type
            fixed.external_attr = part.external_attr
            copy.writestr(fixed, _dated(source.read(part), moment))
    return target.getvalue()


def _dated(content: bytes, moment: datetime) -> bytes:
    written = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return _MODIFIED.sub(rb"\g<1>" + written + rb"\g<2>", content)
