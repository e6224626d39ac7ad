"""How large the region's compute is, and how it grows."""
