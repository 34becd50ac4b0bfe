"""What link rules would do, before anything is linked."""
