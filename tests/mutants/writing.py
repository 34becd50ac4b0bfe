"""Protections of writing: look, say what is meant, send once, read what was stored."""

from tests.mutants.mutant import Mutant

_WRITE = "tests/reverse_etl/push/test_write.py::"
_REFERENCES = "tests/reverse_etl/push/test_references.py::"
_PUSH = "tests/reverse_etl/push/test_push.py::"
_FAULTS = "tests/reverse_etl/push/test_faults.py::"
_SHOP = "tests/reverse_etl/test_customwebshop.py::"

_HANDED_ON = "tests/reverse_etl/push/test_faults.py::"

WRITING = (
    Mutant(
        "refusal_to_show_not_remembered",
        "reverse_etl/push/journal.py",
        '                "payload_hash": receipt.intent.payload_hash,\n',
        "",
        (
            f"{_HANDED_ON}test_a_refusal_to_show_a_record_is_written_down_with_what_was"
            "_to_be_sent",
        ),
    ),
    Mutant(
        "page_in_between_says_gone",
        "reverse_etl/wire/outcome.py",
        "    if answer.verdict is Verdict.GONE:\n",
        "    if answer.status in (404, 410):\n",
        (f"{_SHOP}test_a_web_page_that_says_not_found_ends_nothing",),
    ),
    Mutant(
        "what_others_wrote_settles_at_once",
        "reverse_etl/unsettled/settle.py",
        '        is_missing = found.status in ("not_applied", "moved")\n',
        '        is_missing = found.status == "not_applied"\n',
        (
            "tests/reverse_etl/unsettled/test_settle.py::"
            "test_an_update_that_never_arrived_and_was_overtaken_is_decided_anew",
        ),
    ),
    Mutant(
        "no_intent",
        "reverse_etl/push/write.py",
        "        self.journal.intent(intent)\n",
        "",
        (f"{_WRITE}test_an_intent_is_on_disk_before_its_request_leaves",),
    ),
    Mutant(
        "no_reread",
        "reverse_etl/push/write.py",
        "        changed = changed_since(request, current)\n",
        "        changed: list[str] = []\n",
        (
            f"{_WRITE}test_a_record_that_changed_is_seen_on_rereading_and_nothing_is_sent",
        ),
    ),
    Mutant(
        "an_old_page_is_put_back",
        "reverse_etl/push/write.py",
        "        if self.system.TRAITS.reads_by_list and is_old(request, current):\n",
        "        if False:\n",
        (f"{_WRITE}test_an_old_page_is_not_put_back",),
    ),
    Mutant(
        "what_was_not_shown_is_not_looked_at",
        "reverse_etl/push/write.py",
        "        is_guarded = not self.system.TRAITS.rereads and all(\n"
        "            change.before_known for change in request.changes\n"
        "        )\n",
        "        is_guarded = not self.system.TRAITS.rereads\n",
        (
            f"{_WRITE}"
            "test_a_member_that_was_taken_for_empty_is_looked_at_before_it_is_written",
        ),
    ),
    Mutant(
        "one_gap_ends_a_link",
        "connections/tidsbanken.py",
        "for most in (1, 2)]",
        "for most in (1,)]",
        (
            "tests/reverse_etl/test_tidsbanken.py::"
            "test_an_empty_page_is_believed_when_it_comes_twice",
        ),
    ),
    Mutant(
        "a_phone_that_is_none_takes_its_record_down",
        "macros/accepted.sql",
        "                then regexp_matches({{ stored_value }}, "
        "'^[+][1-9][0-9]{6,14}$')\n",
        "                then true\n",
        ("unit:a_value_that_the_system_would_refuse_is_held",),
    ),
    Mutant(
        "blind_read_back",
        "reverse_etl/crmoffice.py",
        "    stored = read_back(lambda: read(http, entity, record_id), record_id)\n",
        "    stored = Stored(record_id, dict(nest(changes)))\n",
        (
            "tests/reverse_etl/test_crmoffice.py::"
            "test_a_create_reads_back_what_was_stored_in_its_own_spelling",
        ),
    ),
    Mutant(
        "any_record_in_the_answer_is_the_new_one",
        "reverse_etl/wire/cursor_api.py",
        "        ours = {REFERENCE: reference}\n",
        "        ours: dict[str, str] = {}\n",
        (f"{_FAULTS}test_a_write_that_is_answered_with_another_record_is_looked_for",),
    ),
    Mutant(
        "any_record_that_is_named_is_adopted",
        "reverse_etl/wire/cursor_api.py",
        "if existing.record.get(REFERENCE) != reference:",
        "if False:",
        (
            f"{_SHOP}test_a_reference_that_another_record_is_said_to_bear_"
            "leaves_the_create_unsure",
        ),
    ),
    Mutant(
        "any_id_in_the_answer_is_the_new_one",
        "reverse_etl/crmoffice.py",
        "    if _is_another(stored, changes):\n",
        "    if False:\n",
        (f"{_FAULTS}test_a_write_that_is_answered_with_another_record_is_looked_for",),
    ),
    Mutant(
        "linked_record_created_again",
        "reverse_etl/push/write.py",
        "            if not self._claimed(intent, stored):\n",
        "            if False:\n",
        (
            f"{_FAULTS}test_a_create_that_is_answered_with_a_linked_record_"
            "makes_no_second_star",
        ),
    ),
    Mutant(
        "ignored_write_counts_as_done",
        "reverse_etl/push/write.py",
        "        if stored is not None and ignored(intent, stored):\n",
        "        if False:\n",
        (f"{_PUSH}test_an_update_of_which_nothing_is_stored_counts_as_refused",),
    ),
    Mutant(
        "unclear_answer_not_written_down",
        "reverse_etl/push/write.py",
        '            return self._settled(intent, "unknown", str(unsure))\n',
        '            return self._settled(intent, "refused", str(unsure))\n',
        (f"{_PUSH}test_an_answer_that_is_lost_is_written_down_as_unknown",),
    ),
    Mutant(
        "a_system_without_answers_is_written_on",
        "reverse_etl/push/push.py",
        "        if self._unsure_in_a_row >= _UNSURE_IN_A_ROW and not self.stopped:\n",
        "        if False:\n",
        (f"{_PUSH}test_a_system_without_clear_answers_is_asked_a_few_times_only",),
    ),
    Mutant(
        "levels_ignored",
        "reverse_etl/push/plan.py",
        '"where system_name = ? order by flow_level",',
        '"where system_name = ? order by flow_level desc",',
        (f"{_REFERENCES}test_a_reference_to_a_record_of_this_push_gets_its_new_id",),
    ),
    Mutant(
        "needed_reference_sent_without_its_record",
        "reverse_etl/push/references.py",
        "if change.required or not sendable]",
        "if not sendable]",
        (f"{_REFERENCES}test_a_write_waits_for_a_reference_that_it_cannot_do_without",),
    ),
    Mutant(
        "reference_planned_before_its_record_is",
        "models/outbound/writes/outbound_writes.sql",
        "        not judged.leads_nowhere\n",
        "        true\n",
        (
            "unit:a_reference_waits_for_the_record_that_it_names_to_be_linked_or_created",
        ),
    ),
    Mutant(
        "if_match_ignored",
        "reverse_etl/wire/cursor_api.py",
        '                "If-Match": _if_match(version, name),\n            },\n',
        '                "If-Match": _if_match(\n'
        "                    self.read(http, entity, record_id).version, name\n"
        "                ),\n            },\n",
        (f"{_SHOP}test_an_edit_since_the_merge_is_never_overwritten",),
    ),
    Mutant(
        "new_idempotency_key_each_time",
        "reverse_etl/wire/cursor_api.py",
        'headers={"Idempotency-Key": write_id},',
        'headers={"Idempotency-Key": f"{id(object())}{http.runtime.ticks()}"},',
        (f"{_SHOP}test_the_same_create_sent_twice_makes_one_record",),
    ),
    Mutant(
        "no_external_reference",
        "reverse_etl/wire/cursor_api.py",
        "            | {REFERENCE: reference},\n",
        ",\n",
        (f"{_SHOP}test_a_create_whose_key_has_expired_adopts_the_record_it_made",),
    ),
    Mutant(
        "whole_record_put_loses_members",
        "reverse_etl/tidsbanken.py",
        "replace(newest.record, changes)",
        "replace({'Id': newest.record['Id']}, changes)",
        (
            "tests/reverse_etl/test_tidsbanken.py::"
            "test_an_update_changes_the_named_members_and_nothing_else",
        ),
    ),
    Mutant(
        "refused_payload_sent_again_at_once",
        "models/outbound/writes/outbound_payloads.sql",
        "            < 3600 * limits.backoff_hours",
        "            < 0 * limits.backoff_hours",
        ("unit:a_refused_payload_waits_but_a_changed_one_goes",),
    ),
    Mutant(
        "sent_without_a_look_at_what_is_shown",
        "lenke/run/dbt.py",
        '    "test_name:sends_what_it_shows",\n',
        "",
        ("tests/circle/test_sent_is_shown.py::test_it_runs_with_every_plan",),
    ),
    Mutant(
        "what_rests_is_worked_out_as_if_it_were_decided",
        "models/outbound/writes/outbound_values.sql",
        "        false as is_touched\n",
        "        true as is_touched\n",
        ("unit:a_record_shows_what_its_system_should_hold",),
    ),
    Mutant(
        "rows_without_columns_run",
        "lenke/seeds/check.py",
        "            for path in not_current(tables)\n",
        "            for path in ()\n",
        (
            "tests/lenke/seeds/test_columns.py::"
            "test_a_run_says_which_model_is_not_of_the_seeds",
        ),
    ),
    Mutant(
        "delete_beats_an_edit",
        "models/outbound/writes/outbound_orphaned_targets.sql",
        "            when edited.edited_names is not null then edited.edited_names\n",
        "",
        ("unit:an_edit_beats_a_delete",),
    ),
    Mutant(
        "delete_beats_an_edit_that_no_flow_keeps_in_step",
        "models/outbound/writes/outbound_orphaned_targets.sql",
        "            else 'something that no flow keeps in step'\n",
        "",
        ("unit:an_edit_beats_a_delete",),
    ),
)
