"""Matching alone, on tables as large as one likes."""
