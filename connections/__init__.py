"""How to reach each system: settings, sign-in, pacing, retries, errors.

A file without a leading underscore is a system; the others are machinery. Both edges
(`loaders` and `reverse_etl`) go through here, because both must sign in and a refresh
token that rotates can have one owner only.
"""
