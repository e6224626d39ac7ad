"""Causes: the inputs that moved a value, and the share that each has in its difference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from suyuan.core.numbers import plain
from suyuan.diff.inputs import WHOLE, Factor, Kind
from suyuan.diff.mixture import Mixture
from suyuan.diff.reach import named, places
from suyuan.diff.runs import Unmixable
from suyuan.diff.shapley import Shares, additive, exact, in_two_orders
from suyuan.lineage.value import Value

FEW = 6  # inputs that are shared out exactly: 64 mixtures
MANY = 64  # inputs that are asked one by one whether they just add up
PRINTING = ("indicators", "units")  # tables that say how numbers are printed
FEW_DRAWN, MANY_DRAWN = 2, 8  # exactly, and in two orders, of what is drawn again for every mixture


@dataclass(frozen=True)
class Cause:
    """One input, or several that act or are counted as one; no contribution to a text."""

    kind: Kind
    ref: str
    cells: tuple[str, ...]
    contribution: Decimal | None

    def to_json(self) -> dict[str, object]:
        entry: dict[str, object] = {
            "kind": self.kind.value,
            "ref": self.ref,
            "contribution": None if self.contribution is None else plain(self.contribution),
        }
        return entry | ({"cells": list(self.cells)} if self.cells != (self.ref,) else {})


@dataclass(frozen=True)
class Causes:
    """All causes of a difference. ``how``: what they were shared out over, and by which rule."""

    causes: tuple[Cause, ...]
    how: str  # cell, subject, table, all
    rule: str  # shapley, additive, orders; none where there is no number
    interactions: tuple[tuple[str, str, Decimal], ...]

    def to_json(self) -> dict[str, object]:
        return {
            "causes": [cause.to_json() for cause in self.causes],
            "grouped": self.how,
            "rule": self.rule,
            "interactions": [
                {"refs": [one, other], "contribution": plain(extra)}
                for one, other, extra in self.interactions
            ],
        }


NOBODY = Causes((), "cell", "shapley", ())


@dataclass(frozen=True)
class Player:
    """Inputs that come in together."""

    mask: int
    kind: Kind
    ref: str
    cells: tuple[str, ...]


class Attribution:
    """Who moved what, for the values of one mixture."""

    def __init__(self, mixture: Mixture) -> None:
        self._mixture = mixture
        self._factors = mixture.inputs.factors
        self._costly: dict[str, bool] = {}

    def named(self, mask: int) -> Causes:
        """The inputs of a mask as causes of what has no number."""
        causes = (Cause(p.kind, p.ref, p.cells, None) for p in self._players(mask, []))
        return Causes(tuple(causes), "cell", "none", ())

    def of_text(self, value_id: str) -> Causes:
        """Of a text, of how a number is printed, or of a value that came or went."""
        mixture = self._mixture
        reached, moving = mixture.reached(value_id), mixture.moving(value_id)
        if printing := self._printing(value_id, reached):
            return self.named(printing)
        if moving:
            return self.named(self._changing(value_id, moving))
        return self.named(reached or mixture.code)

    def _printing(self, value_id: str, reached: int) -> int:
        """Of the inputs reached, those by which the same number is printed in another way."""
        before, after = (s.value(value_id) for s in (self._mixture.base, self._mixture.head))
        if before is None or after is None or isinstance(after.v, str) or before.txt == after.txt:
            return 0
        found = 0
        for place in places(reached & ~self._mixture.code):
            found |= (self._factors[place].source in PRINTING) << place
        return found

    def _changing(self, value_id: str, moving: int) -> int:
        """Those of the inputs that can move a text that do, where they are few."""
        players = self._players(moving, self._mixture.joint(value_id))
        if not 1 < len(players) <= FEW or self._is_costly(value_id):
            return moving
        try:
            known = [
                self._mixture.at(value_id, sum(p.mask for i, p in enumerate(players) if n >> i & 1))
                for n in range(1 << len(players))
            ]
        except Unmixable:
            return moving
        said = [value and value.v for value in known]
        found = 0
        for i, player in enumerate(players):
            if any(said[n] != said[n | 1 << i] for n in range(len(said))):
                found |= player.mask
        return found or moving

    def of_number(self, value_id: str) -> Causes:
        """Of a number that both sides have; the shares add up to its difference.

        Over single inputs where they are few or just add up, else over groups of them, and as one
        where nothing lies between none and all.
        """
        moving = self._mixture.moving(value_id)
        players = self._players(moving, self._mixture.joint(value_id))
        if (counted := self._counted(value_id, players)) is not None:
            return _causes(players, counted, "cell", "additive")
        for how in ("cell", "subject", "table"):
            players = players if how == "cell" else self._grouped(players, how)
            with suppress(Unmixable):
                if found := self._over(value_id, players, how):
                    return found
        one = self._player(moving)
        worth = self._worth(value_id, [one])
        return _causes([one], exact(worth, 1), "all", "shapley") if moving else NOBODY

    def _over(self, value_id: str, players: Sequence[Player], how: str) -> Causes | None:
        """Shares of these players; None where they are too many. Raises Unmixable."""
        worth, count = self._worth(value_id, players), len(players)
        drawn = self._is_costly(value_id)
        few, many = (FEW_DRAWN, MANY_DRAWN) if drawn else (FEW, MANY)
        if 0 < count <= few:
            return _causes(players, exact(worth, count), how, "shapley")
        if count > many:
            return None
        if how != "cell":
            return _causes(players, in_two_orders(worth, count), how, "orders")
        shares = None if drawn else additive(worth, count)
        return _causes(players, shares, how, "additive") if shares else None

    def _counted(self, value_id: str, players: Sequence[Player]) -> Shares | None:
        """Of a count: each input adds and takes what it brings."""
        brought = self._mixture.counted(value_id)
        if brought is None:
            return None
        shares = [Decimal(0)] * len(players)
        for mask, number in brought:
            owner = next(place for place, p in enumerate(players) if p.mask & mask)
            shares[owner] += number
        return Shares(tuple(shares))

    def _worth(
        self, value_id: str, players: Sequence[Player]
    ) -> Callable[[frozenset[int]], Decimal]:
        def worth(chosen: frozenset[int]) -> Decimal:
            mask = 0
            for place in chosen:
                mask |= players[place].mask
            value: Value | None = self._mixture.at(value_id, mask)
            if value is None or isinstance(value.v, str):
                raise Unmixable(value_id)
            return value.v

        return worth

    def _players(self, mask: int, joint: Sequence[int]) -> list[Player]:
        """The inputs of a mask, those that only act together as one."""
        apart = [1 << place for place in places(mask)]
        for together in joint:
            met = [own for own in apart if own & together]
            if len(met) > 1:
                apart = [own for own in apart if not own & together]
                merged = 0
                for own in met:
                    merged |= own
                apart.append(merged)
        return [self._player(own) for own in sorted(apart)]

    def _player(self, mask: int) -> Player:
        factors = named(mask & ~self._mixture.code, self._factors)
        if not factors:
            head = self._mixture.head.lineage["code"]["sha256"]
            return Player(mask, Kind.CODE, f"code.sha256.{head}", (f"code.sha256.{head}",))
        refs = tuple(factor.ref for factor in factors)
        return Player(mask, _kind(factors), refs[0] if len(refs) == 1 else _same(factors), refs)

    def _grouped(self, players: Sequence[Player], grouping: str) -> list[Player]:
        """Players of one kind and subject, or of one kind and table, as one."""
        groups: dict[tuple[str, str], int] = {}
        for player in players:
            factors = named(player.mask & ~self._mixture.code, self._factors)
            by_table = grouping == "table"
            names = {f"table:{f.source}" if by_table else f.group for f in factors}
            group = (player.kind.value, "+".join(sorted(names)))
            groups[group] = groups.get(group, 0) | player.mask
        return [
            Player(mask, player.kind, name or player.ref, player.cells)
            for (_, name), mask in groups.items()
            for player in [self._player(mask)]
        ]

    def _is_costly(self, value_id: str) -> bool:
        """Whether a mixture of it draws again."""
        if value_id not in self._costly:
            self._costly[value_id] = False
            side = self._mixture.head
            entry = side.values.get(value_id)
            if entry is not None:
                self._costly[value_id] = self._mixture.runs.is_drawn(entry["op"]) or any(
                    self._is_costly(parent)
                    for parent in entry.get("in", ())
                    if self._mixture.moving(parent)
                )
        return self._costly[value_id]


def _kind(factors: Sequence[Factor]) -> Kind:
    """The kind of inputs that act as one: data only where all are."""
    kinds = {factor.kind for factor in factors}
    return next(kind for kind in (Kind.METHOD, Kind.CONFIG, Kind.DATA) if kind in kinds)


def _same(factors: Sequence[Factor]) -> str:
    """A name for inputs that act as one: what they share, the first and how many."""
    first = factors[0]
    if len({(factor.source, factor.keys) for factor in factors}) == 1:
        return f"{first.source}.{WHOLE}.{first.keys[1] or first.keys[0]}"
    return f"{first.ref}+{len(factors) - 1}"


def _causes(players: Sequence[Player], shares: Shares, how: str, rule: str) -> Causes:
    causes = [
        Cause(player.kind, player.ref, player.cells, share)
        for player, share in zip(players, shares.shares, strict=True)
        if share or len(players) == 1
    ]
    causes.sort(key=lambda cause: (-abs(cause.contribution or Decimal(0)), cause.ref))
    pairs = tuple(
        (players[one].ref, players[other].ref, extra) for one, other, extra in shares.interactions
    )
    return Causes(tuple(causes), how, rule, pairs)
