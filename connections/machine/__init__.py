"""This machine: databases, disks, what breaks on it, and where a crash can hit."""
