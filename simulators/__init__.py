"""The wire contract of each system, with its bad habits, as a server on this machine.

A file is a system; what one is made of stands in `parts/<system>/`, what they share in
`kit/` and `own_contract/`, what befalls them in `faults/`, who is in them in `world/`.
"""
