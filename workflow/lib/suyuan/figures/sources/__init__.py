"""Sources of marks: one file each, found by its name. See ``suyuan.figures.source``."""
