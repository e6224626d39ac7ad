"""Diff: what changed between two finished reports, and which inputs moved it."""
