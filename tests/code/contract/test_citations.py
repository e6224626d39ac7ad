"""A judged row leads to its evidence, and through it to the document."""

from __future__ import annotations

from suyuan.contract.citations import cited, in_words

REGISTER = {
    "one": {"text": "甲。", "source_id": "report", "locator": "L1"},
    "two": {"text": "乙。", "source_id": "paper", "locator": "p2"},
    "three": {"text": "丙", "source_id": "report", "locator": "L3"},
}
GRADES = {"C": {"grade": "C", "name": "二手"}}


def test_the_document_and_its_places_are_those_of_the_evidence():
    row = {"score": "3", "evidence": "one;two;three"}
    found = cited(row, REGISTER)
    assert (found["source_id"], found["locator"]) == ("report", "L1, L3")
    assert (found["score"], found["evidence"]) == ("3", "one;two;three")


def test_a_row_with_a_document_of_its_own_keeps_it():
    row = {"evidence": "one", "source_id": "paper", "locator": "p9"}
    assert cited(row, REGISTER) == row


def test_a_row_without_evidence_stays_as_it_is():
    for row in ({"score": "3"}, {"score": "", "evidence": ""}):
        assert cited(row, REGISTER) == row
        assert in_words(row, REGISTER, GRADES) == row


def test_readers_see_the_evidence_and_its_grade_in_words():
    found = in_words({"grade": "C", "evidence": "one;two"}, REGISTER, GRADES)
    assert found["evidence"] == "甲（L1）；乙（p2）"
    assert found["evidence_grade"] == "C 二手"
    assert found["grade"] == "C"
