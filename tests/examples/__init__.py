"""Each file of examples/ by the tool that it is for, in an environment of its own."""
