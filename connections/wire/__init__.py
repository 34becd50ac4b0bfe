"""What a record type is on the wire: its place, its names, its time."""
