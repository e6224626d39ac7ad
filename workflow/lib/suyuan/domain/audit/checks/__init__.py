"""Typed tests of the audit: one file each, found by its name. See ``domain.audit.source_test``."""
