"""The protections of Lenke, each with what it would be without it."""

from dataclasses import dataclass
from pathlib import Path

_PUSH = "tests/reverse_etl/test_push.py"
_SETTLE = "tests/reverse_etl/test_settle.py"
_EDITS = "tests/circle/test_edits.py"
_FIRST = "tests/circle/test_first_sync.py"
_LOAD = "tests/loaders/test_load.py"


@dataclass(frozen=True)
class Mutant:
    """One protection switched off: `before` becomes `after` in `file`.

    `tests` are those that should notice; one failure is enough.
    """

    name: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]

    def apply(self, project: Path) -> None:
        """Make the mutant in a copy of the project."""
        file = project / self.file
        text = file.read_text(encoding="utf-8")
        assert text.count(self.before) == 1, f"{self.file} has changed"
        file.write_text(text.replace(self.before, self.after), encoding="utf-8")


MUTANTS = (
    Mutant(
        "no_intent",
        "reverse_etl/_write.py",
        "        self.journal.intent(intent)\n",
        "",
        (_PUSH, _SETTLE),
    ),
    Mutant(
        "no_reread",
        "reverse_etl/_write.py",
        "        changed = _changed(request, current)\n",
        "        changed = []\n",
        (_PUSH,),
    ),
    Mutant(
        "intent_not_on_disk",
        "reverse_etl/_ledger.py",
        "            connection.commit()\n",
        "            connection.rollback()\n",
        ("tests/reverse_etl/test_journal.py",),
    ),
    Mutant(
        "if_match_ignored",
        "reverse_etl/_cursor_api.py",
        '                "If-Match": _if_match(version, name),\n            },\n',
        '                "If-Match": self.read(http, entity, record_id).version,\n'
        "            },\n",
        ("tests/reverse_etl/test_customwebshop.py", _PUSH),
    ),
    Mutant(
        "new_idempotency_key_each_time",
        "reverse_etl/_cursor_api.py",
        'headers={"Idempotency-Key": write_id},',
        'headers={"Idempotency-Key": str(id(changes))},',
        ("tests/reverse_etl/test_customwebshop.py",),
    ),
    Mutant(
        "whole_record_put_loses_members",
        "reverse_etl/tidsbanken.py",
        "replace(newest.record, changes)",
        "replace({'Id': newest.record['Id']}, changes)",
        ("tests/reverse_etl/test_tidsbanken.py",),
    ),
    Mutant(
        "settled_too_early",
        "reverse_etl/_settle.py",
        "recognised or age >= self._settle_seconds",
        "recognised or age >= 0",
        (_SETTLE,),
    ),
    Mutant(
        "linked_record_adopted",
        "reverse_etl/_settle.py",
        "taken = linked | self._claimed",
        "taken = self._claimed",
        (_SETTLE,),
    ),
    Mutant(
        "altered_plan_sent",
        "reverse_etl/_stops.py",
        "    if found != plan_hash:\n",
        "    if False:\n",
        (_PUSH,),
    ),
    Mutant(
        "old_plan_sent",
        "reverse_etl/_stops.py",
        "    if run_counter != identity.run_counter:\n",
        "    if False:\n",
        (_PUSH,),
    ),
    Mutant(
        "origin_not_pinned",
        "connections/_http.py",
        "        if origin(url) != self._origin or url.userinfo:\n",
        "        if url.userinfo:\n",
        ("tests/connections/test_http.py",),
    ),
    Mutant(
        "unsure_write_repeated",
        "connections/_http.py",
        "if may_repeat:\n                raise TryAgain(reason)",
        "if True:\n                raise TryAgain(reason)",
        ("tests/connections/test_http.py",),
    ),
    Mutant(
        "cursor_before_load",
        "loaders/_read.py",
        "cursor_value=_next_cursor(entity, spooled, listing)",
        "cursor_value=utc_stamp(http.runtime.clock())",
        (_LOAD, "tests/loaders"),
    ),
    Mutant(
        "half_a_system_written",
        "loaders/_load.py",
        "                except SystemStopped as error:\n"
        "                    failures[name] = str(error)\n",
        "                except SystemStopped as error:\n"
        "                    failures[name] = str(error)\n"
        "                    fetched[name] = []\n",
        (_LOAD,),
    ),
    Mutant(
        "national_id_in_plain",
        "connections/_records.py",
        "    if national_ids",
        "    if False and national_ids",
        ("tests/connections/test_records.py", "tests/loaders/test_tidsbanken.py"),
    ),
    Mutant(
        "two_runs_at_once",
        "lenke/_lock.py",
        "        lock.acquire(timeout=0)\n",
        "        pass\n",
        ("tests/lenke",),
    ),
    Mutant(
        "threshold_ignored",
        "models/outbound/outbound_guards.sql",
        "        counted.planned > limits.number\n",
        "        counted.planned > 1000 * limits.number\n",
        ("tests/lenke/test_guards.py",),
    ),
    Mutant(
        "short_listing_believed",
        "models/matching/match_systems.sql",
        "(newest_listings.records = 0 and last_believed.records > 0)",
        "false",
        ("tests/lenke/test_guards.py",),
    ),
    Mutant(
        "ambiguity_broken_by_order",
        "models/matching/match_new_links.sql",
        "        counted_pairs.candidates_of_source = 1\n"
        "        and counted_pairs.candidates_of_target = 1\n"
        "        and open_creates.flow is null\n",
        "        open_creates.flow is null\n",
        (_FIRST,),
    ),
    Mutant(
        "open_create_is_no_link",
        "models/matching/match_unlinked_sources.sql",
        "            when open_creates.flow is not null then 'held'\n",
        "",
        ("tests/engine/test_engine.py",),
    ),
    Mutant(
        "absent_read_as_null",
        "macros/json_value_told.sql",
        "        end\n    )\n",
        "            else 'null'\n        end\n    )\n",
        ("tests/engine/test_engine.py", _EDITS),
    ),
    Mutant(
        "echo_not_recognised",
        "models/merging/merge_edits.sql",
        "            is_delivered and current_value is not distinct from "
        "delivered_as_stored\n",
        "            false\n",
        (_EDITS, "tests/planner"),
    ),
    Mutant(
        "cut_copy_beats_the_whole",
        "models/merging/merge_contestants.sql",
        "        or {{ stored_as('other.new_value', 'own.stored_as', "
        "'own.max_length') }}\n"
        "        is not distinct from own.current_value\n",
        "",
        ("tests/planner",),
    ),
)
