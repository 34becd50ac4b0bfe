"""What one push may go on writing to: privileges are granted per record type.

A system that has said once that it does not grant us a record type says so to every
write of it. The rest of them is left for the next run, and nobody is hammered.
"""

from collections import Counter

from reverse_etl.push.ended import Outcome

_WRITTEN = ("create", "update", "delete")
# A 403 without a word may be about one record; so many in a row are about them all.
_FORBIDDEN_IN_A_ROW = 5


class Privileges:
    """The record types of one system that this push has found refused."""

    def __init__(self, system: str) -> None:
        self._system = system
        self._in_a_row: Counter[str] = Counter()
        self.refused: dict[str, str] = {}

    def note(self, entity: str, outcome: Outcome) -> None:
        """Learn from how a write ended."""
        if outcome.kind in _WRITTEN:
            self._in_a_row[entity] = 0
        refusal = outcome.refusal
        if refusal is None or entity in self.refused:
            return
        self._in_a_row[entity] += refusal.status == 403
        if refusal.lacks_privilege or self._in_a_row[entity] >= _FORBIDDEN_IN_A_ROW:
            self.refused[entity] = (
                f"{self._system} does not grant us to write {entity}, so no more of "
                f"it is sent in this run; the rest goes on. {refusal} Let the "
                "system's owner grant the integration its privileges."
            )
