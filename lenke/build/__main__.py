"""Compile the models now, so that no run has to: `python -m lenke.build`."""

from lenke.build.kept import compiled_models
from lenke.home.places import PROJECT, Home

if __name__ == "__main__":
    compiled_models(Home(PROJECT))
