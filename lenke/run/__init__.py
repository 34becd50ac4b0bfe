"""One turn of the circle, stage by stage."""
