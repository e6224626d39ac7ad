"""The codebook: what indicators and units mean, from config/indicators.csv and units.csv."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext

from suyuan.contract.named import Named
from suyuan.contract.tables import Records, read_records
from suyuan.core import numbers
from suyuan.core.errors import UnitMismatch
from suyuan.core.layout import Layout

UNITS = "config/units.csv"
NAMING = frozenset({"year", "doc_no"})  # canonical units of what names and is no amount


@dataclass(frozen=True)
class Unit:
    """A unit as printed: canonical = printed × factor, exactly."""

    name: str
    canonical: str
    factor: Decimal
    label: str
    rounded: bool

    @property
    def suffix(self) -> str:
        """What is printed after a number; a per cent sign belongs to the number itself."""
        return "" if self.label == "-" else self.label.removeprefix("%").strip()

    def half_width(self, printed: str) -> Decimal:
        """Half a unit of the last printed digit, in canonical units; 0 for exact counts.

        ``131.0`` EFLOPS may be anything from 130.95 to 131.05: 0.05.
        """
        exponent = Decimal(printed).as_tuple().exponent
        if not self.rounded or not isinstance(exponent, int):
            return Decimal(0)
        return Decimal(5).scaleb(exponent - 1) * self.factor

    def printed(self, value: Decimal, decimals: int | None) -> str:
        """``value``, in canonical units, as it is printed in this one."""
        grouped = self.canonical not in NAMING
        return numbers.quantity(value, self.factor, decimals, self.label, grouped=grouped)


@dataclass(frozen=True)
class Indicator:
    """What is measured, in which unit it is kept and in which it is printed."""

    id: str
    name: str
    unit: str
    display_unit: str
    decimals: int | None
    basis: str
    minimum: Decimal | None
    maximum: Decimal | None


INDICATOR_COLUMNS = ("unit", "display_unit", "decimals", "basis", "minimum", "maximum")
UNIT_COLUMNS = ("canonical", "factor", "label", "rounded")


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


@dataclass(frozen=True)
class Codebook:
    """Indicators and units by id."""

    indicators: Mapping[str, Indicator]
    units: Mapping[str, Unit]

    @classmethod
    def read(cls, layout: Layout) -> Codebook:
        """The codebook as ingested."""
        names = ("indicators", "units")
        return cls.from_tables(*(read_records(layout.tables / f"{name}.csv") for name in names))

    @classmethod
    def from_tables(cls, indicators: Records, units: Records) -> Codebook:
        """Codebook from the two config tables, all cells text."""
        found = (
            {
                row["indicator_id"]: Indicator(
                    id=row["indicator_id"],
                    name=row["name"],
                    unit=row["unit"],
                    display_unit=row["display_unit"],
                    decimals=int(row["decimals"]) if row["decimals"] else None,
                    basis=row["basis"],
                    minimum=_decimal(row["minimum"]),
                    maximum=_decimal(row["maximum"]),
                )
                for row in indicators
            },
            {
                row["unit"]: Unit(
                    row["unit"],
                    row["canonical"],
                    Decimal(row["factor"]),
                    row["label"],
                    row["rounded"] == "yes",
                )
                for row in units
            },
        )
        return cls(
            Named("config/indicators.csv", "indicator_id", found[0]),
            Named(UNITS, "unit", found[1]),
        )

    def unit_cells(self, unit: str) -> list[tuple[str, str, str]]:
        """The cells that say what a unit means: table, column, key."""
        return [("units", column, unit) for column in UNIT_COLUMNS]

    def indicator_cells(self, indicator: str) -> list[tuple[str, str, str]]:
        """The cells that say how values of an indicator are kept, bounded and printed."""
        own = [("indicators", column, indicator) for column in INDICATOR_COLUMNS]
        return own + self.unit_cells(self.indicators[indicator].display_unit)

    def convert(self, printed: str, unit: str) -> tuple[Decimal, str]:
        """A printed number in canonical units, exactly; and the canonical unit."""
        known = self.units[unit]
        value = Decimal(printed)
        if known.factor != 1:
            with localcontext(numbers.EXACT):
                value = numbers.trimmed(value * known.factor)
        return value, known.canonical

    def half_width(self, printed: str, unit: str) -> Decimal:
        """The same of a number in a unit."""
        return self.units[unit].half_width(printed)

    def text(
        self, value: Decimal, indicator: str, *, computed: bool, se: Decimal | None = None,
        half: Decimal | None = None,
    ) -> str:  # fmt: skip
        """``value`` as printed; the indicator's decimals are those of computed values.

        What was recorded keeps its digits. Sums of recorded digits have no more decimals than
        computed values, nor go further than the first digit of their half-width. What was
        drawn, with a standard error, is printed with the digits that the error allows, and if it
        is a share that rounds to all or nothing, as less or more than the last digit shows. A
        computed share above nothing is not printed as nothing either.
        """
        entry = self.indicators[indicator]
        unit = self.units[entry.display_unit]
        if unit.canonical != entry.unit:
            raise UnitMismatch(indicator, mixed=[entry.display_unit, entry.unit])
        decimals = entry.decimals
        if not computed and half is not None:
            error = half / unit.factor if half else None
            decimals = numbers.kept_decimals(value, unit.factor, error, decimals)
        elif not computed:
            decimals = None
        whole = (entry.minimum, entry.maximum) == (0, 1)
        sign = ""
        if se is not None:
            decimals = numbers.shown_decimals(se / unit.factor, decimals)
            sign, value = numbers.short_of(value, unit.factor, decimals) if whole else ("", value)
        elif whole and computed and decimals is not None and 0 < value < Decimal("0.5"):
            sign, value = numbers.short_of(value, unit.factor, decimals)
        return sign + unit.printed(value, decimals)

    def allows(self, indicator: str, value: Decimal) -> bool:
        """Whether ``value``, canonical unit, lies within the indicator's bounds."""
        entry = self.indicators[indicator]
        above = entry.minimum is None or value >= entry.minimum
        return above and (entry.maximum is None or value <= entry.maximum)

    def clipped(self, indicator: str, value: Decimal) -> Decimal:
        """``value``, or the bound of the indicator that it lies beyond."""
        entry = self.indicators[indicator]
        if entry.minimum is not None:
            value = max(value, entry.minimum)
        return value if entry.maximum is None else min(value, entry.maximum)

    def is_share(self, indicator: str) -> bool:
        """Whether an indicator is printed in per cent."""
        return self.units[self.indicators[indicator].display_unit].label.startswith("%")

    def suffix(self, indicator: str) -> str:
        """The unit's label as printed after a number of this indicator."""
        return self.units[self.indicators[indicator].display_unit].suffix
