"""The report for its readers, human and machine."""
