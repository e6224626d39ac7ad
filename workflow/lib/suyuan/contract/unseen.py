"""Characters that people do not see, and how a message shows them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Control and format characters (among them those of direction), surrogates, private and unassigned
# ones, ends of lines and paragraphs. Spaces other than the plain one. Marks that change the one
# before them, and letters that are blank.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Mn", "Me"})
SPACES = frozenset({" ", "\u3000"})
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0\ufffd")


@lru_cache(maxsize=65_536)
def is_unseen(character: str) -> bool:
    """Whether people do not see a character, or cannot tell it from a space."""
    if " " <= character <= "~":
        return False
    category = unicodedata.category(character)
    space = category == "Zs" and character not in SPACES
    return category in UNSEEN or space or character in BLANK


PLAIN = re.compile(r"[ -~\u3000-\u3029\u3105-\u3129\u4e00-\u9fa5\uff01-\uff5e“”‘’…—·①-⑳]*")


def unseen(text: str) -> str:
    """The first character of ``text`` that is not seen, '' where all are."""
    if PLAIN.fullmatch(text):
        return ""
    return next(filter(is_unseen, text), "")


def bare(text: str) -> str:
    """``text`` without what is not seen in it."""
    return "".join(c for c in text if not is_unseen(c))


def shown(text: str) -> str:
    """``text`` with a name in place of each character that is not seen: ⟨U+200B⟩."""
    return "".join(f"⟨U+{ord(c):04X}⟩" if is_unseen(c) else c for c in text)
