"""The report on paper: set lines, trace appendix, PDF standards."""
