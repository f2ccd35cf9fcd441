"""What others wrote, made harmless: it ends no header and no line of ours."""

import unicodedata

_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def clean(text: str) -> str:
    """One line without control characters.

    Nothing in it ends a header, forges a paragraph or turns the writing around.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    shown = (" " if _is_control(sign) else sign for sign in text)
    return " ".join("".join(shown).split())


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") or sign in _TURNING
