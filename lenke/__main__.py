"""`python -m lenke`: the command, where its script is not on the path."""

from lenke.cli import main

if __name__ == "__main__":
    main()
