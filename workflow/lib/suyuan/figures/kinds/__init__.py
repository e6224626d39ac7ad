"""Kinds of charts: a table of marks in, a figure out."""
