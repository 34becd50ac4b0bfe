"""How to reach each system, and what it says on the wire: said once, here.

A file is a system; the folders are machinery. Both edges (`loaders` and `reverse_etl`)
go through here, because both must sign in, a refresh token that rotates can have one
owner only, and a path, a key or a stamp is the same for whoever reads or writes.
"""
