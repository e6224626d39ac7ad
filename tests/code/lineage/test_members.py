"""Placeholders of configuration stand for subjects that the data decide."""

from __future__ import annotations

from decimal import Decimal

from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.members import expanded, members_of, placeholder
from suyuan.lineage.value import Value

MEMBERS = {"province": ["alpha", "beta"], "ranked": []}


def test_text_is_repeated_for_each_member():
    assert list(expanded("{province}.gdp", MEMBERS)) == ["alpha.gdp", "beta.gdp"]
    assert list(expanded("na.gdp", MEMBERS)) == ["na.gdp"]


def test_a_placeholder_without_members_stays_to_be_named_as_unknown():
    assert list(expanded("{ranked}.F", MEMBERS)) == ["{ranked}.F"]


def test_only_known_placeholders_are_found():
    assert placeholder("{province}.gdp", MEMBERS) == "{province}"
    assert placeholder("{nw.leader.F}", MEMBERS) == ""


def test_ranked_suppliers_come_in_the_order_of_their_ranks(ledger):
    ranks = {"north": 2, "south": 1}
    values = [Value(f"{v}.rank", Decimal(n), "rank", str(n), "rank") for v, n in ranks.items()]
    own = Ledger(ledger.codebook, OPERATIONS, values)
    common = {"parent_id": "rg", "type": "province"}
    subjects = [{"subject_id": "beta", "order": "2"}, {"subject_id": "alpha", "order": "1"}]
    subjects = [subject | common for subject in subjects]
    suppliers = [{"supplier_id": vendor} for vendor in ("north", "east", "south")]
    found = members_of(own, {"subjects": subjects, "suppliers": suppliers}, "rg")
    assert found == {
        "province": ["alpha", "beta"],
        "vendor": ["north", "east", "south"],
        "ranked": ["south", "north"],
    }
