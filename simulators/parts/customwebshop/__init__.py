"""The parts of the web shop."""
