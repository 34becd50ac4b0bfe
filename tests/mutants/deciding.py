"""Protections around people: what they decide, copied homes, other tenants."""

from tests.mutants.mutant import Mutant

_PEOPLE = "tests/lenke/people/test_links.py::"
_MARK = "tests/connections/private/test_home_mark.py::"
_TENANT = "tests/connections/settings/test_tenant.py::"
_TENANTS = "tests/circle/test_tenants.py::"

DECIDING = (
    Mutant(
        "withdrawn_decision_counts",
        "models/staging/ledger/stg_ledger__decisions.sql",
        "    where withdrawn.decision_id is null\n",
        "",
        ("unit:a_decision_that_was_taken_back_counts_no_more",),
    ),
    Mutant(
        "value_of_an_ended_link_restored_by_the_run",
        "models/merging/edits/merge_restored_edits.sql",
        "    where is_newest and is_member\n",
        "    where is_newest\n",
        ("unit:a_value_that_a_person_restores_is_that_persons_edit",),
    ),
    Mutant(
        "every_record_is_a_member",
        "models/merging/edits/merge_restores.sql",
        "        or links.source_key is not null as is_member,\n",
        "        or true as is_member,\n",
        ("unit:a_value_is_restored_only_while_its_record_is_a_member",),
    ),
    Mutant(
        "restore_of_an_ended_link_never_closed",
        "models/merging/ledger/merge_ledger_done_decisions.sql",
        "    where agreed.source_key is not null or not restores.is_member\n",
        "    where agreed.source_key is not null\n",
        (
            "unit:a_decision_is_done_when_its_property_has_been_decided_or_its_link_has_ended",
        ),
    ),
    Mutant(
        "clock_tells_the_newer_decision",
        "models/matching/linking/match_decisions.sql",
        "            order by coalesce(step, 0) desc, decided_at desc, "
        "decision_id desc\n",
        "            order by decided_at desc, decision_id desc\n",
        ("unit:of_two_decisions_about_a_pair_the_ledgers_step_tells_the_newer",),
    ),
    Mutant(
        "clock_tells_what_a_run_carried_out",
        "models/inspection/findings/inspect_settled_decisions.sql",
        "            when could_be.step is not null then "
        "runs.run_number > could_be.step\n",
        "            when false then runs.run_number > could_be.step\n",
        ("unit:what_a_run_did_after_a_decision_settles_it",),
    ),
    Mutant(
        "value_of_an_ended_link_accepted",
        "lenke/people/conflicts.py",
        "        for pair in links\n    ):\n        return member\n",
        "        for pair in links\n    ) or True:\n        return member\n",
        (
            f"{_PEOPLE}"
            "test_a_value_of_a_record_whose_link_ends_or_has_ended_is_not_restored",
        ),
    ),
    Mutant(
        "restored_value_loses_where_it_is_from",
        "lenke/people/conflicts.py",
        "    if conflict.losing_key.startswith(_A_PERSON):\n",
        "    if False:\n",
        (
            f"{_PEOPLE}"
            "test_what_a_person_had_restored_is_still_of_the_record_that_it_is_from",
        ),
    ),
    Mutant(
        "unlink_that_waits_does_not_count",
        "ledger/sql/links_to_be.sql",
        "where links.ended_at is null and newest.decision_id is null\n",
        "where links.ended_at is null\n",
        (f"{_PEOPLE}test_after_an_unlink_that_waits_another_pair_can_be_linked",),
    ),
    Mutant(
        "link_that_waits_does_not_count",
        "ledger/sql/links_to_be.sql",
        "where\n    newest.kind = 'link'\n    and not exists (\n",
        "where\n    newest.kind = 'nothing'\n    and not exists (\n",
        (f"{_PEOPLE}test_what_is_to_be_linked_is_linked_with_nothing_else",),
    ),
    Mutant(
        "rivals_linked",
        "lenke/people/links.py",
        "    refuse_rivals(ledger, [pair])\n",
        "",
        (f"{_PEOPLE}test_a_target_that_is_linked_elsewhere_is_not_to_be_had",),
    ),
    Mutant(
        "records_that_are_not_there_linked",
        "lenke/showing/meant.py",
        "        if not is_there:\n",
        "        if False:\n",
        (f"{_PEOPLE}test_a_record_that_is_not_there_is_refused_in_words",),
    ),
    Mutant(
        "plan_from_before_a_decision_sent",
        "lenke/people/decided.py",
        '_STEP = "update ledger.identity set run_counter = run_counter + 1"\n',
        '_STEP = "select 1"\n',
        (f"{_PEOPLE}test_a_decision_is_a_step_of_the_ledger_and_told_outside",),
    ),
    Mutant(
        "old_ledger_catches_up_by_decisions",
        "lenke/people/decided.py",
        "    return ledger.told_otherwise() is None and "
        "recover.noticed(ledger) is None\n",
        "    return True\n",
        (f"{_PEOPLE}test_an_old_ledger_takes_no_step_for_a_decision",),
    ),
    Mutant(
        "withdrawal_contradicts_what_relies_on_it",
        "lenke/people/decisions.py",
        "                refuse_rivals(ledger, [pair], without=ids)\n",
        "                pass\n",
        (
            "tests/circle/test_decisions.py::"
            "test_what_is_taken_back_contradicts_nothing_else",
        ),
    ),
    Mutant(
        "what_was_carried_out_taken_back",
        "lenke/people/decisions.py",
        '    if chosen.status not in ("waits", "in force"):\n',
        "    if False:\n",
        (
            "tests/circle/test_decisions.py::"
            "test_what_was_carried_out_is_undone_by_its_opposite",
        ),
    ),
    Mutant(
        "copied_home_spends_the_originals_token",
        "connections/crmoffice.py",
        "    if not _belongs_here(record, kept):\n",
        "    if False:\n",
        (f"{_MARK}test_a_copied_home_sends_nothing_and_the_original_goes_on",),
    ),
    Mutant(
        "inode_alone_tells_a_home",
        "connections/private/home_mark.py",
        "(kept.born == found.born or _UNKNOWN in (kept.born, found.born))",
        "True",
        (f"{_MARK}test_a_file_that_got_the_same_inode_later_is_another_one",),
    ),
    Mutant(
        "hard_links_are_the_original",
        "connections/private/home_mark.py",
        "        and (kept.folder == found.folder or not is_shared)\n",
        "",
        (f"{_MARK}test_a_copied_home_sends_nothing_and_the_original_goes_on",),
    ),
    Mutant(
        "another_tenant_asked",
        "lenke/run/tenants.py",
        "    resting = others(ledger, opened)\n    return replace(\n",
        "    resting: dict[str, str] = {}\n    return replace(\n",
        (
            f"{_TENANTS}"
            "test_another_tenant_is_neither_read_nor_written_until_a_person_accepts_it",
        ),
    ),
    Mutant(
        "another_tenant_usable",
        "models/matching/taking_part/match_systems.sql",
        "        or coalesce(systems_read.outcome in ('rests', "
        "'another_tenant'), false)\n",
        "        or coalesce(systems_read.outcome = 'rests', false)\n",
        ("unit:another_tenant_rests_until_a_person_accepts_it",),
    ),
    Mutant(
        "plan_pushed_to_another_tenant",
        "lenke/run/begin.py",
        "        tenants.refuse_push(run, ledger)\n",
        "",
        (f"{_TENANTS}test_a_plan_is_not_pushed_to_another_tenant",),
    ),
    Mutant(
        "changed_hash_key_compared_silently",
        "connections/settings/tenant.py",
        "    if unknown:\n",
        "    if False:\n",
        (f"{_TENANT}test_with_another_hash_key_nobody_can_tell_a_secret",),
    ),
    Mutant(
        "secret_of_a_tenant_kept_as_it_stands",
        "connections/settings/tenant.py",
        "    if not is_secret:\n",
        "    if True:\n",
        (f"{_TENANT}test_no_secret_is_kept",),
    ),
    Mutant(
        "records_of_another_tenant_mixed_in",
        "loaders/raw/tenant.py",
        "        if another:\n",
        "        if False:\n",
        (
            "tests/loaders/raw/test_tenant.py::"
            "test_the_records_of_another_tenant_go_with_their_listings",
        ),
    ),
)
