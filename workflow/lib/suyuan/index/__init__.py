"""A composite index: its tree, its scores, and how sure they are."""
