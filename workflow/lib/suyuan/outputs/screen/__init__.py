"""The report on screen: one file in which any number opens its trace."""
