"""What one simulated system is made of beside its file."""
