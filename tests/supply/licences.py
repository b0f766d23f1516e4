"""Under which licence a distribution comes, as an expression of SPDX, and what a school may get."""

import re
from importlib.metadata import Distribution

from license_expression import get_spdx_licensing

SPELLED = {
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "LGPL v3": "LGPL-3.0-only",
    "MIT and MPL-2.0": "MIT AND MPL-2.0",
    "PSFL": "PSF-2.0",
    "ZPL 2.1": "ZPL-2.1",
}
"""What makers wrote in a field that was free text, and means one licence."""

CLASSIFIED = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""Classifiers that mean one licence; 'BSD License' does not."""

READ = {
    "axe-playwright-python": "MIT",
    "cssselect2": "BSD-3-Clause",
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "itsdangerous": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "mitmproxy": "MIT",
    "mitmproxy-linux": "MIT",
    "mitmproxy-rs": "MIT",
    "netaddr": "BSD-3-Clause",
    "pydyf": "BSD-3-Clause",
    "pyperclip": "BSD-3-Clause",
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "pytest-django": "BSD-3-Clause",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "qrcode": "BSD-3-Clause AND MIT",
    "sqlparse": "BSD-3-Clause",
    "tinycss2": "BSD-3-Clause",
    "weasyprint": "BSD-3-Clause",
    "webencodings": "BSD-3-Clause",
}
"""Where the metadata says too little or too much: what the licence that is shipped says."""

ALLOWED = frozenset(
    {
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "CC0-1.0",
        "EUPL-1.2",
        "LGPL-2.1-only",
        "LGPL-2.1-or-later",
        "LGPL-3.0-only",
        "LGPL-3.0-or-later",
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "MPL-2.0",
        "PSF-2.0",
        "ZPL-2.1",
        "Zlib",
    }
)
"""What may be used beside EUPL-1.2 by whoever installs it, without making it another's licence."""

DECIDED = {"scapy": "GPL-2.0-only"}
"""What is used all the same: docs/decisions/0037-scapy-stays-apart.md."""

LICENSING = get_spdx_licensing()


class UnknownLicenceError(LookupError):
    """Nothing says under which licence a distribution comes."""


def find_licence(name: str, installed: Distribution) -> str:
    """Find the licence of a distribution, as an expression of SPDX.

    Raises:
        UnknownLicenceError: Neither its metadata nor what was read says it.
    """
    fields = installed.metadata
    said = fields.get("License", "")
    if name in READ:
        return READ[name]
    for licence in (fields.get("License-Expression", ""), said, SPELLED.get(said, "")):
        if is_spdx(licence):
            return licence
    for classifier in fields.get_all("Classifier") or ():
        if classifier in CLASSIFIED:
            return CLASSIFIED[classifier]
    message = f"the licence of {name} is not known: read it, and add it to READ in {__file__}"
    raise UnknownLicenceError(message)


def is_spdx(licence: str) -> bool:
    """Say whether it is an expression of SPDX, of identifiers that exist, and no whole text."""
    return bool(re.fullmatch(r"[\w.+() -]+", licence)) and not LICENSING.validate(licence).errors


def is_allowed(licence: str) -> bool:
    """Say whether one choice that an expression leaves asks for allowed licences alone."""
    truths = {
        symbol: LICENSING.TRUE if symbol.key in ALLOWED else LICENSING.FALSE
        for symbol in LICENSING.license_symbols(licence)
    }
    return bool(LICENSING.parse(licence).subs(truths).simplify())
