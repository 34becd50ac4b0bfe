"""How what was read gets into raw, and what is noted about it."""
