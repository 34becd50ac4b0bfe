"""Failures as real systems have them, told as data."""
