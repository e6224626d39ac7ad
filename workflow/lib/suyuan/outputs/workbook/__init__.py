"""The report's tables and values as a workbook."""
