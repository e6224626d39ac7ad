"""Publish: editions as folders: the next one begun from the last."""
