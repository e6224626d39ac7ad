"""溯源 (suyuan): reports in which every number can be walked back to its data row."""

__version__ = "0.1.0"
