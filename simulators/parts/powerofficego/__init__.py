"""The parts of PowerOffice Go."""
