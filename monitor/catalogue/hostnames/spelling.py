"""One spelling for each hostname, whatever a client or a file wrote.

A client decides what stands in a hostname, so nothing here raises on it or takes long over it.
Most names belong to no platform: `fold` is all that they cost, and `is_wellformed` is called only
for a name that was found.
"""

import string

MAX_NAME_LENGTH = 253
MAX_LABEL_LENGTH = 63
_IN_A_NAME = (string.ascii_lowercase + string.digits + "-_.").encode()


def fold_hostname(hostname: str) -> str | None:
    """Return a name in lower case, ASCII and without the trailing dot; None for no hostname.

    The characters and labels of an ASCII name are not checked: see `is_wellformed`.
    """
    if len(hostname) > MAX_NAME_LENGTH + 1:
        return None
    name = hostname.lower() if hostname.isascii() else _to_ascii(hostname)
    return name[:-1] if name and name[-1] == "." else name


def is_wellformed(name: str) -> bool:
    """Say whether a folded name keeps to the lengths, labels and characters of a hostname."""
    if name.encode().translate(None, _IN_A_NAME) or ".." in f".{name}.":
        return False
    return len(name) <= MAX_LABEL_LENGTH or (
        len(name) <= MAX_NAME_LENGTH
        and all(len(label) <= MAX_LABEL_LENGTH for label in name.split("."))
    )


def normalise_hostname(hostname: str) -> str | None:
    """Return the one spelling of a hostname, None for no hostname."""
    name = fold_hostname(hostname)
    return name if name and is_wellformed(name) else None


def _to_ascii(hostname: str) -> str | None:
    import idna  # which few names need

    try:
        mapped = idna.uts46_remap(hostname, std3_rules=False, transitional=False)
        return ".".join(map(_label_to_ascii, mapped.split(".")))
    except UnicodeError:  # idna.IDNAError is one
        return None


def _label_to_ascii(label: str) -> str:
    import idna

    # Names in use break IDNA's rules for ASCII labels (`r1---sn-hju7enel`, `_dns`): leave those be.
    return label if label.isascii() else idna.alabel(label).decode()
