"""Protections of a run: it stops rather than change much, or send what is not meant."""

from tests.mutants.mutant import Mutant

_PLAN = "tests/reverse_etl/push/test_stops.py::test_a_plan_that_does_not_fit_is_refused"

GUARDING = (
    Mutant(
        "threshold_ignored",
        "models/outbound/guards/outbound_guards.sql",
        "        within_hours > number and within_hours > share * linked as is_many,\n",
        "        false as is_many,\n",
        (
            "unit:more_changes_than_a_share_and_a_number_stop_a_push",
            "unit:creates_stop_a_push_by_their_number_alone",
        ),
    ),
    Mutant(
        "small_flows_unguarded",
        "models/outbound/guards/outbound_guards.sql",
        "        and within_hours >= small_number\n",
        "        and false\n",
        ("unit:most_of_the_links_of_a_small_flow_stop_a_push",),
    ),
    Mutant(
        "tiny_flows_guarded",
        "models/outbound/guards/outbound_guards.sql",
        "        and within_hours >= small_number\n",
        "",
        ("unit:neither_few_changes_nor_a_small_share_of_many_links_stop_a_push",),
    ),
    Mutant(
        "half_of_a_flow_stops",
        "models/outbound/guards/outbound_guards.sql",
        "        and within_hours > small_share * linked as is_most_of_few,\n",
        "        and true as is_most_of_few,\n",
        ("unit:neither_few_changes_nor_a_small_share_of_many_links_stop_a_push",),
    ),
    Mutant(
        "small_flows_may_not_grow",
        "models/outbound/guards/outbound_guards.sql",
        "        operation <> 'create'\n        and within_hours >= small_number\n",
        "        within_hours >= small_number\n",
        ("unit:creates_stop_a_push_by_their_number_alone",),
    ),
    Mutant(
        "many_small_runs_unguarded",
        "models/outbound/guards/outbound_changes.sql",
        "        count(distinct changed) as within_hours\n",
        "        count(distinct case when is_planned then changed end)"
        " as within_hours\n",
        ("unit:what_was_changed_lately_counts_once_with_what_is_planned",),
    ),
    Mutant(
        "one_record_counts_each_time",
        "models/outbound/guards/outbound_changes.sql",
        "        count(distinct changed) as within_hours\n",
        "        count(changed) as within_hours\n",
        ("unit:what_was_changed_lately_counts_once_with_what_is_planned",),
    ),
    Mutant(
        "what_was_sent_stops_by_itself",
        "models/outbound/guards/outbound_changes.sql",
        "    where counted.planned > 0\n",
        "",
        ("unit:what_was_changed_lately_stops_nothing_by_itself",),
    ),
    Mutant(
        "what_a_person_let_pass_blocks_the_next_day",
        "models/outbound/guards/outbound_recent_changes.sql",
        "            and runs.run_number > coalesce(let_pass.run_number, 0)\n",
        "",
        ("unit:what_was_sent_until_a_person_let_a_run_pass_counts_no_more",),
    ),
    Mutant(
        "nobody_notes_who_let_a_run_pass",
        "ledger/ledger.py",
        '"allows_mass_change": allows_mass_change,',
        '"allows_mass_change": False,',
        (
            "tests/ledger/test_ledger.py"
            "::test_a_run_that_a_person_lets_pass_the_guards_is_remembered",
        ),
    ),
    Mutant(
        "a_first_run_counts",
        "models/outbound/guards/outbound_recent_changes.sql",
        "            runs.run_number > coalesce(settling.run_number, 0)\n",
        "            true\n",
        ("unit:what_was_sent_in_the_first_run_or_the_day_before_counts_no_more",),
    ),
    Mutant(
        "what_was_sent_counts_for_ever",
        "models/outbound/guards/outbound_recent_changes.sql",
        "            < 3600 * limits.hours\n",
        "            < 36000 * limits.hours\n",
        ("unit:what_was_sent_in_the_first_run_or_the_day_before_counts_no_more",),
    ),
    Mutant(
        "a_first_run_goes_on_for_ever",
        "models/outbound/guards/outbound_first_runs.sql",
        "    left join unsettled on noted.write_key = unsettled.write_key\n",
        "    left join unsettled on noted.flow = unsettled.flow\n",
        ("unit:a_first_run_is_over_when_what_it_began_with_is_settled_or_held",),
    ),
    Mutant(
        "a_first_run_ends_before_it_is_settled",
        "models/outbound/guards/outbound_first_runs.sql",
        "    union\n    select flow, write_key from open_writes\n",
        "",
        ("unit:a_first_run_is_over_when_what_it_began_with_is_settled_or_held",),
    ),
    Mutant(
        "a_404_to_everything_ends_links",
        "models/outbound/guards/outbound_guards.sql",
        "        and (is_many or is_most_of_few or is_all)\n",
        "        and (is_many or is_most_of_few)\n",
        ("unit:all_links_of_a_flow_do_not_end_at_once_however_few",),
    ),
    Mutant(
        "ended_links_do_not_count",
        "models/outbound/guards/outbound_changes.sql",
        "    where gone_key is not null\n",
        "    where false\n",
        ("unit:links_that_end_because_records_are_gone_count_too",),
    ),
    Mutant(
        "guards_found_and_passed",
        "lenke/run/guards.py",
        "    if stopping:\n",
        "    if False:\n",
        ("tests/lenke/run/test_passing_guards.py::test_a_guard_stops_a_push_in_words",),
    ),
    Mutant(
        "empty_listing_believed",
        "models/matching/taking_part/match_systems.sql",
        "            (newest_listings.records = 0 and last_believed.records > 0)\n",
        "            false\n",
        ("unit:a_listing_that_is_suddenly_empty_rests_its_system",),
    ),
    Mutant(
        "short_listing_believed",
        "models/matching/taking_part/match_systems.sql",
        "newest_listings.records < limits.share * last_believed.records\n",
        "newest_listings.records < 0 * limits.share * last_believed.records\n",
        (
            "unit:a_listing_that_is_far_shorter_than_the_last_believed_one_rests_its_system",
        ),
    ),
    Mutant(
        "everything_in_doubt_is_asked_for",
        "models/merging/sights/merge_confirm_guards.sql",
        "        counted.records > limits.limit_value\n",
        "        counted.records > 1000 * limits.limit_value\n",
        ("unit:a_system_with_too_much_in_doubt_is_not_asked",),
    ),
    Mutant(
        "two_runs_at_once",
        "lenke/home/lock.py",
        "        lock.acquire(timeout=_A_LOOK)\n",
        "        pass\n",
        (
            "tests/lenke/home/test_lock.py::test_a_second_run_is_refused_while_one_is_active",
        ),
    ),
    Mutant(
        "altered_plan_sent",
        "reverse_etl/push/stops.py",
        "    if found != plan_hash:\n",
        "    if False:\n",
        (_PLAN,),
    ),
    Mutant(
        "old_plan_sent",
        "reverse_etl/push/stops.py",
        "    if run_counter != identity.run_counter:\n",
        "    if False:\n",
        (_PLAN,),
    ),
    Mutant(
        "plan_of_another_ledger_sent",
        "reverse_etl/push/stops.py",
        "    if ledger_id != identity.ledger_id:\n",
        "    if False:\n",
        (_PLAN,),
    ),
    Mutant(
        "plan_of_older_loads_sent",
        "reverse_etl/push/stops.py",
        "    if newest_listing != newest:\n",
        "    if False:\n",
        (_PLAN,),
    ),
    Mutant(
        "recovery_sends",
        "models/outbound/writes/outbound_writes.sql",
        "        and not run.is_recovery\n",
        "",
        ("unit:a_recovery_sends_nothing",),
    ),
    Mutant(
        "old_ledger_not_noticed",
        "ledger/identity.py",
        "    if told.run_counter > ours.run_counter:\n",
        "    if False:\n",
        ("tests/ledger/test_ledger.py::test_an_old_ledger_is_noticed",),
    ),
    Mutant(
        "clock_that_goes_back_believed",
        "lenke/run/clock.py",
        "clock=lambda: around.clock() + ahead",
        "clock=around.clock",
        (
            "tests/lenke/run/test_clock.py::"
            "test_a_clock_that_went_back_goes_on_from_the_newest_run",
        ),
    ),
    Mutant(
        "clock_that_is_far_behind_passed",
        "lenke/run/clock.py",
        "    if behind > _MOST:\n",
        "    if False:\n",
        (
            "tests/lenke/run/test_clock.py::"
            "test_a_clock_that_is_behind_by_more_than_a_day_stops_the_run",
        ),
    ),
    Mutant(
        "push_without_a_step_of_its_own",
        "ledger/decide.py",
        '    "step_before_sending",\n',
        "",
        (
            "tests/circle/test_recovery.py::"
            "test_a_ledger_that_was_copied_in_the_middle_of_a_run_is_an_old_one",
        ),
    ),
    Mutant(
        "end_of_a_push_without_a_step_of_its_own",
        "ledger/ledger.py",
        'execute(sql("step_after_a_push"), {"run_id": run_id})\n',
        'execute("select 1")\n',
        ("tests/ledger/test_ledger.py::test_a_run_that_has_sent_ends_a_step_further",),
    ),
    Mutant(
        "lost_ledger_not_noticed",
        "ledger/identity.py",
        "    if told.ledger_id != ours.ledger_id:\n",
        "    if False:\n",
        (
            "tests/ledger/test_identity.py::"
            "test_another_customers_ledger_is_noticed_however_many_runs_it_has_seen",
        ),
    ),
    Mutant(
        "newer_ledger_opened",
        "ledger/file.py",
        "    if found > ours:\n",
        "    if False:\n",
        (
            "tests/ledger/test_ledger.py::"
            "test_a_ledger_of_a_newer_lenke_is_refused_and_left_alone",
        ),
    ),
)
