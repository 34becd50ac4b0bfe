"""A promise that is broken."""


class Violation(AssertionError):  # noqa: N818 - the word for it
    """A promise is broken; the words name it.

    They are printed at once: whoever searches reads them before the search has ended.
    """

    def __init__(self, words: str) -> None:
        super().__init__(words)
        print(words, flush=True)
