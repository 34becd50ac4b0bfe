"""The parts of Tidsbanken."""
