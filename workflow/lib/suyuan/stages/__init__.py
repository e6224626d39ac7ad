"""Stages of the workflow: each reads files, calls rooms, writes files."""
