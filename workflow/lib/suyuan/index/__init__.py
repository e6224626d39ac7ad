"""Composite indicators: from a table of indicators and a tree of weights to scores and ranks."""
