"""Chart kinds: one file each, found by its name. What a kind must say: ``suyuan.figures.kind``."""
