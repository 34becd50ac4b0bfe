"""Each command that a document shows is one that the command line takes.

What stands in blocks to type is run besides (tests/lenke/commands/test_typed.py, and
for one page tests/lenke/installation/test_page.py).
"""

import pytest

from tests import documents
from tests.documents import pages


def test_every_command_in_a_document_is_one_that_the_command_line_takes() -> None:
    wrong = []
    for page in pages():
        for words in documents.commands(page):
            try:
                documents.parse(words)
            except ValueError as error:
                wrong.append(f"{page.name}: lenke {' '.join(words)}: {error}")

    assert wrong == []


@pytest.mark.parametrize(
    "typed", ["lenke fly", "lenke plan --high", "lenke why", "lenke plan --most many"]
)
def test_a_command_that_nobody_can_type_is_noticed(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        documents.parse(typed.split()[1:])


def test_what_stands_in_a_block_to_type_is_run_by_a_test() -> None:
    """Blocks of `console` all are , and those of one page of `sh`."""
    found = {
        language: [page.name for page in pages() if documents.blocks(page, language)]
        for language in ("console", "sh", "bash", "shell")
    }

    assert "operate.md" in found["console"]
    assert found["sh"] == ["installation.md"]
    assert found["bash"] == found["shell"] == []
