"""What drawings look like on a dark screen: styles that give each of their colours another.

A drawing names its colours in its own attributes, for paper and for who takes it elsewhere. On the
page the styles go before these, by the scheme that the reader has chosen.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from suyuan.figures.paint import at_night

PAINTED = ("fill", "stroke")


def colours(drawings: Iterable[Element]) -> list[tuple[str, str]]:
    """Every colour of the drawings, and what is painted in it."""
    found = {
        (name, element.attrib[name])
        for svg in drawings
        for element in svg.iter()
        for name in PAINTED
        if element.get(name, "").startswith("#")
    }
    return sorted(found)


def styles(drawings: Iterable[Element]) -> str:
    """A rule for each colour: as it is by day, and its counterpart by night."""
    rules = (
        f'.graphic [{name}="{colour}"] {{ {name}: light-dark({colour}, {at_night(colour)}); }}'
        for name, colour in colours(drawings)
    )
    return "\n".join(rules)
