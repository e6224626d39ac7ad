"""Verification of a report: its lineage file rebuilt from raw rows, its files read back."""
