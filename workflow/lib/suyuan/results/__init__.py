"""An index explains itself: scorecards, the way from a score to its cells, two runs compared."""
