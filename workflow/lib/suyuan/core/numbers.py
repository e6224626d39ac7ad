"""Numbers as text: the one place where a value becomes the characters a reader sees."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

EXACT = Context(prec=34)  # as decimal128; a lawful number has at most 30 digits
MINUS = "\u2212"
SEPARATOR = ","  # between thousands
_DIGITS = "零一二三四五六七八九"
_PLACES = ((1000, "千"), (100, "百"), (10, "十"))


def half_up(value: Decimal, decimals: int) -> Decimal:
    """The value with so many decimals, halves away from zero: how every printed number rounds."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def number(value: Decimal, decimals: int | None = None, *, grouped: bool = False) -> str:
    """Digits without exponent, rounded half up to ``decimals``; thousands apart if ``grouped``.

    ``None`` keeps the digits that the value carries, so a recorded 131.0 stays 131.0.
    """
    if decimals is not None:
        value = half_up(value, decimals)
    text = f"{abs(value):{SEPARATOR if grouped else ''}f}"
    return f"{MINUS}{text}" if value < 0 else text


def plain(value: Decimal) -> str:
    """Digits for machines: ASCII minus, no exponent. Zeros at the end stay, as in 131.0."""
    return f"{value:f}"


def ungrouped(text: str) -> str:
    """A printed number without what stands between its thousands."""
    return text.replace(SEPARATOR, "")


def quantity(
    value: Decimal, factor: Decimal, decimals: int | None, label: str, *, grouped: bool = True
) -> str:
    """``value`` in a display unit worth ``factor`` canonical units; a per cent sign is kept.

    Its thousands stand apart where it is ``grouped``, which the number of a year is not.
    """
    with localcontext(EXACT):
        shown = value / factor
        if decimals is None and factor != 1:
            shown = trimmed(shown)
        return number(shown, decimals, grouped=grouped) + ("%" if label.startswith("%") else "")


def shown_decimals(error: Decimal, most: int | None) -> int:
    """Decimals of a number with that standard error: down to the error's first digit.

    No more than ``most``, and none where the error exceeds 1.
    """
    carried = max(0, -error.adjusted()) if error else most or 0
    return carried if most is None else min(carried, most)


def kept_decimals(
    value: Decimal, factor: Decimal, error: Decimal | None, most: int | None
) -> int | None:
    """Decimals of recorded digits, or of their sum, in a unit worth ``factor``; None for its own.

    They go no further than ``most``, nor than the first digit of ``error``, their rounding
    half-width.
    """
    with localcontext(EXACT):
        own = value if factor == 1 else trimmed(value / factor)
    carried = most if error is None else shown_decimals(error, most)
    return carried if carried is not None and carried < -int(own.as_tuple().exponent) else None


def short_of(share: Decimal, factor: Decimal, decimals: int) -> tuple[str, Decimal]:
    """< or > and the last number before it, of a share that would round to nothing or to all.

    '' and the share itself where it does not.
    """
    with localcontext(EXACT):
        step = Decimal(1).scaleb(-decimals) * factor
        shown = half_up(share / factor, decimals) * factor
        return ("<", step) if shown <= 0 else (">", 1 - step) if shown >= 1 else ("", share)


def trimmed(value: Decimal) -> Decimal:
    """The same number without trailing zeros and without exponent."""
    value = value.normalize()
    return value if value.as_tuple().exponent <= 0 else value.quantize(Decimal(1))  # type: ignore[operator]


def chinese_numeral(value: int) -> str:
    """A counting number as it stands before a measure word: 2 is 两, 11 is 十一, 105 is 一百零五.

    Raises ValueError outside 0 to 9999.
    """
    if not 0 <= value <= 9999:
        raise ValueError(f"{value} is not in 0..9999")
    if value < 10:
        return "两" if value == 2 else _DIGITS[value]
    text, rest, gap = "", value, False
    for place, name in _PLACES:
        digit, rest = divmod(rest, place)
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + name
            gap = False
        elif text:
            gap = True
    if rest:
        text += ("零" if gap else "") + _DIGITS[rest]
    return text.removeprefix("一") if 10 <= value <= 19 else text


def chinese_ordinal(value: int) -> str:
    """The same as an ordinal: 2 is 第二. Raises ValueError outside 0 to 9999."""
    return "第" + ("二" if value == 2 else chinese_numeral(value))
