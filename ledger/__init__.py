"""REMEMBER: the state between runs, its file, its migrations and its SQL."""
