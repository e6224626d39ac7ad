"""Formats that the report is exported to: one file each, found by its name."""
