"""Ways to tell the bank's people of a violation."""
