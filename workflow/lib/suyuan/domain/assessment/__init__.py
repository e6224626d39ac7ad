"""Ratings up the indicator tree, the product F, shares, ranks, and how sure they are."""
