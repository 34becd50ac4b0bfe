"""A session with a system: signed in, paced, repeated where that is safe, bounded."""
