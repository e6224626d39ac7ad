"""Lawful rows that look wrong: the analyst is asked, and the build goes on."""
