"""How much a turn costs, measured; README.md beside this file says how and what."""
