"""The commands: options in, a function called, an exit code out."""
