"""The command line and the run: one turn of the circle."""
