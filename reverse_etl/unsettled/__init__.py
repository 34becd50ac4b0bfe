"""Writes without a clear answer: find out what became of them."""
