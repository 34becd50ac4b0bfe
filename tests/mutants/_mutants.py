"""The protections of Lenke, each with what it would be without it.

Rules of the merge that need many worlds to be seen are switched off by
`tests/planner/_mutants.py` instead.
"""

from tests.mutants._deciding import DECIDING
from tests.mutants._failing import FAILING
from tests.mutants._granting import GRANTING
from tests.mutants._guarding import GUARDING
from tests.mutants._hostile import HOSTILE
from tests.mutants._identifying import IDENTIFYING
from tests.mutants._linking import LINKING
from tests.mutants._merging import MERGING
from tests.mutants._reading import READING
from tests.mutants._refusing import REFUSING
from tests.mutants._remembering import REMEMBERING
from tests.mutants._seeing import SEEING
from tests.mutants._showing import SHOWING
from tests.mutants._spelling import SPELLING
from tests.mutants._standing import STANDING
from tests.mutants._trusting import TRUSTING
from tests.mutants._writing import WRITING

MUTANTS = (
    *TRUSTING,
    *READING,
    *HOSTILE,
    *FAILING,
    *GRANTING,
    *LINKING,
    *IDENTIFYING,
    *SEEING,
    *MERGING,
    *GUARDING,
    *WRITING,
    *REFUSING,
    *REMEMBERING,
    *DECIDING,
    *STANDING,
    *SPELLING,
    *SHOWING,
)
