"""The seeds, checked before anything is read."""
