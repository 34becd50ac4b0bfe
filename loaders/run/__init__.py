"""One load: all systems side by side, and the single records that a build asks for."""
