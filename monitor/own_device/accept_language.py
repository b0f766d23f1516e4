"""Which language a browser prefers."""

from schedules.language import Language


def preferred_language(accepted: str) -> Language:
    """Return the language of a header `Accept-Language`: Dutch, unless it prefers English."""
    best, preferred = 0.0, Language.DUTCH
    for part in accepted.lower().split(","):
        tag, _, weight = part.partition(";")
        name = tag.strip().partition("-")[0]
        quality = _quality(weight)
        if name in {*Language} and quality > best:
            best, preferred = quality, Language(name)
    return preferred


def _quality(weight: str) -> float:
    name, _, value = weight.strip().partition("=")
    try:
        return float(value) if name == "q" else 1.0
    except ValueError:
        return 0.0
