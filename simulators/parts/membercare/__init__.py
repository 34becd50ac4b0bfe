"""The parts of Membercare."""
