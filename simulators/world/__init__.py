"""An invented world: people, customers, projects, the same for the same seed."""
