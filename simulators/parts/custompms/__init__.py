"""The parts of the project system."""
