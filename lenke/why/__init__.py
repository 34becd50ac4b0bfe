"""Why something is as it is: the story of a star, from the published tables alone."""
