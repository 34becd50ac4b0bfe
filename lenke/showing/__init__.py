"""What people ask of the published tables, and how it is shown."""
