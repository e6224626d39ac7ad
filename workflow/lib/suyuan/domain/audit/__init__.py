"""The claims of the source, held against what it prints and what others record."""
