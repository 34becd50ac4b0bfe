"""The protections of Lenke, each with what it would be without it.

Rules of the merge that need many worlds to be seen are switched off by
`tests/planner/mutants.py` instead.
"""

from tests.mutants.building import BUILDING
from tests.mutants.deciding import DECIDING
from tests.mutants.failing import FAILING
from tests.mutants.granting import GRANTING
from tests.mutants.guarding import GUARDING
from tests.mutants.hostile import HOSTILE
from tests.mutants.identifying import IDENTIFYING
from tests.mutants.linking import LINKING
from tests.mutants.mapping import MAPPING
from tests.mutants.merging import MERGING
from tests.mutants.opening import OPENING
from tests.mutants.parting import PARTING
from tests.mutants.reading import READING
from tests.mutants.refusing import REFUSING
from tests.mutants.remembering import REMEMBERING
from tests.mutants.resting import RESTING
from tests.mutants.seeing import SEEING
from tests.mutants.showing import SHOWING
from tests.mutants.spelling import SPELLING
from tests.mutants.standing import STANDING
from tests.mutants.trusting import TRUSTING
from tests.mutants.winning import WINNING
from tests.mutants.writing import WRITING

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
    *WINNING,
    *GUARDING,
    *BUILDING,
    *WRITING,
    *REFUSING,
    *REMEMBERING,
    *DECIDING,
    *PARTING,
    *MAPPING,
    *STANDING,
    *SPELLING,
    *SHOWING,
    *RESTING,
    *OPENING,
)
