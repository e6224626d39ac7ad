"""Figures: marks that know their value, drawn by kinds of charts."""
