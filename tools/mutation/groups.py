"""Families by the kind of slip that they are: each family is in one group."""

from __future__ import annotations

GROUPS: dict[str, tuple[str, ...]] = {
    "×10 to ÷1000": (
        "value_times_1000", "value_over_1000", "point_right", "point_left",
        "claim_parameter_times_10",
    ),
    "sign, unit, percent, part": (
        "sign_flipped", "full_width", "thousands_separator", "percent_as_fraction",
        "unit_swapped", "total_and_part_swapped", "factor_wrong", "label_of_another_unit",
    ),
    "swaps": (
        "provinces_swapped", "value_and_period_swapped", "estimate_turned",
        "claim_words_exchanged",
    ),
    "periods": ("period_stale", "period_emptied", "gdp_period_stale", "cutoff_wrong"),
    "labels and sources": (
        "comparator_flipped", "comparator_dropped", "kind_changed", "basis_changed",
        "source_dangling", "source_wrong", "subject_wrong", "indicator_wrong",
        "row_twice", "row_twice_new_key",
    ),
    "deletions": (
        "province_dropped", "needed_row_dropped", "cell_emptied", "rating_deleted",
        "verdict_deleted", "anchor_deleted", "expectation_deleted", "evidence_deleted",
        "source_deleted", "relation_deleted",
        "word_deleted",
    ),
    "small changes": (
        "digits_transposed", "last_digit_off", "restatement_changed", "original_changed",
        "tier_threshold", "rating_one_off",
    ),
    "assessment": (
        "rating_to_branch", "rating_of_province", "rating_on_others_evidence", "rating_emptied",
        "gap_scored", "weight_changed", "parent_in_circle", "estimate_emptied",
        "parameter_out_of_bounds",
    ),
    "registers and texts": (
        "policy_title_twice", "placeholder", "hidden_character", "address_that_is_none",
    ),
    "claims, figures, settings": (
        "claim_outcome_misspelt", "claim_fact_misspelt", "claim_test_changed",
        "figure_kind_changed", "figure_value_misspelt", "figure_key_misspelt", "setting_wrong",
        "setting_misspelt",
    ),
}  # fmt: skip
