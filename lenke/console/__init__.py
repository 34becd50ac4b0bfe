"""A console: pages of what is published, on this machine, and forms of what people say.

What changes something goes the way of the command line; nothing here writes.
"""
