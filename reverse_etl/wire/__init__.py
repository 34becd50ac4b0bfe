"""What every system offers to the push, and how answers and records are understood."""
