"""The report while it is being worked on: served on this machine, made again after each save."""
