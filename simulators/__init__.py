"""The wire contract of each system, with its bad habits, as a server on this machine.

A file without a leading underscore is a system.
"""
