"""Protections of who wins when several members were edited."""

from tests.mutants.mutant import Mutant

WINNING = (
    Mutant(
        "seeds_name_no_winner",
        "models/merging/deciding/merge_winners.sql",
        "                coalesce(wins_by, 'ask') = 'ask' asc,\n",
        "",
        ("unit:who_wins_by_the_seeds_wins_whatever_the_stamps_say",),
    ),
    Mutant(
        "any_target_wins_by_the_seeds",
        "models/merging/deciding/merge_contestant_values.sql",
        "            and precedence.flow = members.flow\n",
        "",
        ("unit:where_the_seeds_say_so_the_target_of_one_flow_wins",),
    ),
    Mutant(
        "winner_by_the_seeds_is_spoken_for_in_vain",
        "models/merging/deciding/merge_contestants.sql",
        "least(all_contestants.wins_by, latest_agreeing.wins_by) as wins_by",
        "all_contestants.wins_by as wins_by",
        ("unit:who_speaks_for_one_that_wins_by_the_seeds_wins_by_them_too",),
    ),
    Mutant(
        "rows_of_a_property_may_differ_about_who_wins",
        "lenke/seeds/precedence.py",
        '        if other["on_conflict"] != row["on_conflict"]:\n',
        "        if False:\n",
        ("test_rows_of_one_property_agree_about_who_wins",),
    ),
    Mutant(
        "newest_wins_without_asking",
        "models/merging/deciding/merge_winners.sql",
        "        coalesce(ranked.wins_by = 'ask', false)\n",
        "        false\n",
        ("unit:where_a_person_decides_nobody_wins_until_they_have",),
    ),
    Mutant(
        "system_that_is_down_loses_what_is_asked",
        "models/merging/deciding/merge_winners.sql",
        "(ranked.rivals > 1 or unheard.source_key is not null) as is_undecided",
        "ranked.rivals > 1 as is_undecided",
        ("unit:where_a_person_decides_nobody_wins_until_they_have",),
    ),
    Mutant(
        "answer_outlives_a_third_edit",
        "models/merging/edits/merge_restored_edits.sql",
        "        lapsed.source_key is null\n",
        "        true\n",
        (
            "unit:an_answer_that_has_lapsed_is_no_edit_and_the_agreed_value_may_be_the_answer",
        ),
    ),
    Mutant(
        "third_edit_is_the_same_question",
        "models/merging/edits/merge_lapsed_answers.sql",
        "            and (asked.asked_value is not distinct from known.asked_value)\n",
        "",
        ("unit:an_answer_lapses_when_a_value_has_changed_or_come_or_gone",),
    ),
    Mutant(
        "question_is_written_over",
        "models/merging/deciding/merge_fates.sql",
        "                wanted.rule = 'ask'\n",
        "                false\n",
        ("unit:what_a_person_is_asked_about_is_held_whatever_it_holds",),
    ),
    Mutant(
        "question_is_forgotten_after_a_run",
        "models/merging/ledger/merge_ledger_observations.sql",
        "        and held_because is distinct from 'needs_decision'\n",
        "",
        ("unit:what_says_nothing_is_not_observed",),
    ),
    Mutant(
        "question_is_read_singly_in_each_run",
        "models/merging/sights/merge_believed.sql",
        "coalesce(shown_value, '') is distinct from\n            left(asked_or_empty,",
        "'' is distinct from\n            left('?',",
        ("unit:what_a_person_is_asked_about_was_believed_when_the_question_was_put",),
    ),
    Mutant(
        "question_is_never_closed",
        "models/merging/ledger/merge_ledger_lapsed_questions.sql",
        "        asked.source_key is null\n",
        "        false\n",
        ("unit:a_question_is_over_when_it_was_answered_or_a_value_has_changed",),
    ),
    Mutant(
        "property_that_is_off_is_kept_in_step",
        "models/staging/seeds/stg_seeds__mapped_properties.sql",
        "    where is_enabled is distinct from false\n",
        "",
        ("test_an_edit_on_each_side_is_merged_when_the_property_wakes",),
    ),
    Mutant(
        "property_that_wakes_is_not_looked_at",
        "models/staging/seeds/stg_seeds__versions.sql",
        "    where is_enabled is distinct from false\n",
        "",
        ("test_an_edit_on_each_side_is_merged_when_the_property_wakes",),
    ),
    Mutant(
        "property_that_wakes_rests_a_system",
        "models/merging/sights/merge_confirm_guards.sql",
        "    where is_looked_at_anew is distinct from true\n",
        "",
        ("unit:what_is_looked_at_anew_rests_no_system",),
    ),
    Mutant(
        "all_that_woke_is_read_at_once",
        "models/merging/sights/merge_to_confirm.sql",
        "    where not in_order.is_looked_at_anew or "
        "in_order.place <= limits.limit_value\n",
        "",
        ("unit:after_a_change_of_the_seeds_edits_are_confirmed_in_portions",),
    ),
    Mutant(
        "half_a_group_is_off",
        "lenke/seeds/groups.py",
        '            if says != row["is_enabled"]:\n',
        "            if False:\n",
        ("test_a_group_is_off_as_one_and_nothing_that_a_record_needs_is",),
    ),
)
