"""Settings as people write them: where they stand, what they hold, what is wrong."""
