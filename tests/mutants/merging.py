"""Protections of merging: what is an edit, what is only an echo or a stale page."""

from tests.mutants.mutant import Mutant

MERGING = (
    Mutant(
        "no_confirm",
        "models/merging/sights/merge_believed.sql",
        "        and hidden_as is null as is_unconfirmed\n",
        "        and false as is_unconfirmed\n",
        ("unit:a_stale_list_page_is_no_edit",),
    ),
    Mutant(
        "stale_reference_believed",
        "models/merging/sights/merge_believed.sql",
        "when kind = 'reference' then shown_id is distinct from observed_id\n",
        "when kind = 'reference' then false\n",
        ("unit:a_stale_reference_is_no_edit",),
    ),
    Mutant(
        "nobody_is_asked_to_confirm",
        "models/merging/sights/merge_to_confirm.sql",
        "    where is_unconfirmed\n",
        "    where false\n",
        ("unit:every_record_that_is_in_doubt_is_read_once",),
    ),
    Mutant(
        "a_single_read_is_older_than_its_list",
        "models/merging/ledger/merge_ledger_record_states.sql",
        "proofs.is_behind and not coalesce(waits.is_proven, false)",
        "proofs.is_behind",
        ("unit:what_a_single_read_shows_is_the_truth_even_when_it_is_older",),
    ),
    Mutant(
        "absent_read_as_null",
        "macros/json_value_told.sql",
        "                then 'null'\n        end\n",
        "                then 'null'\n            else 'null'\n        end\n",
        ("unit:empty_and_absent_are_told_apart",),
    ),
    Mutant(
        "absent_never_written_again",
        "models/merging/sights/merge_natives.sql",
        "                then coalesce(observed, 'null')\n",
        "                then null\n",
        ("unit:a_member_that_the_answer_lacks_is_empty_where_it_was",),
    ),
    Mutant(
        "absent_taken_for_empty_whatever_it_held",
        "models/merging/sights/merge_natives.sql",
        "                and {{ trimmed(json_text('observed', \"'$'\")) }} is null\n",
        "",
        ("unit:a_member_that_the_answer_lacks_is_empty_where_it_was",),
    ),
    Mutant(
        "absent_contests_in_doubt",
        "models/merging/sights/merge_sights.sql",
        "            when is_missing then 'unchanged'\n",
        "",
        ("unit:an_absent_member_changes_nothing",),
    ),
    Mutant(
        "what_is_not_shown_any_more_is_forgotten",
        "models/merging/ledger/merge_waits.sql",
        "            or (outcomes.outcome = 'unknown' and outcomes.sight <> "
        "'in_no_record')\n",
        "",
        ("unit:a_member_waits_as_long_as_something_is_left_to_pass_on",),
    ),
    Mutant(
        "an_old_page_confirms_itself",
        "models/merging/sights/merge_natives.sql",
        "                or not proofs.is_older_than_known\n",
        "                or true\n",
        ("unit:what_was_read_singly_since_the_listing_is_proven",),
    ),
    Mutant(
        "echo_not_recognised",
        "models/merging/sights/merge_answers.sql",
        "        stamp_is_ours and not coalesce(is_newer, false) as is_ours,\n",
        "        false as is_ours,\n",
        ("unit:what_a_record_holds_under_the_stamp_of_our_write_is_our_own_doing",),
    ),
    Mutant(
        "somebody_elses_edit_taken_for_our_echo",
        "models/merging/sights/merge_answers.sql",
        "        stamp_is_ours and not coalesce(is_newer, false) as is_ours,\n",
        "        stamp_is_ours as is_ours,\n",
        ("unit:a_newer_stamp_or_version_is_somebody_elses_doing",),
    ),
    Mutant(
        "unexplained_answer_taken_as_edit",
        "models/merging/sights/merge_sights.sql",
        "            when answer = 'ours' then 'our_answer'\n",
        "",
        ("unit:neither_an_answer_nor_one_of_a_loop_is_an_edit",),
    ),
    Mutant(
        "cut_copy_in_a_group_agreed_on",
        "models/merging/deciding/merge_winning_edits.sql",
        "coalesce(fullest.whole_value, winning_edits.new_value)",
        "winning_edits.new_value",
        ("unit:a_winner_of_a_group_that_holds_a_cut_copy_gets_the_whole",),
    ),
    Mutant(
        "end_before_its_start_sent",
        "models/merging/deciding/merge_wanted.sql",
        "            when ends_before_start.property_group is not null then "
        "'ends_before_start'\n",
        "",
        ("unit:a_pair_that_would_end_before_it_starts_is_held_alone",),
    ),
    Mutant(
        "overwritten_answer_forgotten",
        "models/merging/conflicts/merge_conflicts.sql",
        "    where outcome = 'update' and beside_delivered = 'unexplained'\n",
        "    where false\n",
        (
            "unit:an_answer_that_nothing_explains_is_kept_when_it_is_overwritten",
            "test_a_held_answer_is_kept_when_another_edit_overwrites_it",
        ),
    ),
    Mutant(
        "loop_breaker_off",
        "models/merging/sights/merge_sights.sql",
        "            when is_looping then 'looping'\n",
        "",
        ("unit:neither_an_answer_nor_one_of_a_loop_is_an_edit",),
    ),
    Mutant(
        "loop_not_noticed",
        "models/merging/edits/merge_loops.sql",
        "        >= limits.loop_count\n",
        "        >= 1000 * limits.loop_count\n",
        ("unit:a_value_that_keeps_coming_back_goes_to_and_fro",),
    ),
    Mutant(
        "a_version_that_came_twice_is_believed",
        "models/merging/sights/merge_answers.sql",
        "            when members.record_version = record_states.record_version"
        " then false\n",
        "",
        ("unit:a_newer_record_with_the_version_of_our_write_does_not_hold_our_write",),
    ),
    Mutant(
        "a_cut_copy_in_doubt_contests",
        "models/merging/sights/merge_sights.sql",
        "coalesce(stood_for, own_for_star) as value_for_star",
        "own_for_star as value_for_star",
        (
            "unit:a_cut_copy_in_doubt_stands_for_the_w"
            "hole_unless_only_we_have_touched_it",
        ),
    ),
    Mutant(
        "what_we_wrote_contests_in_doubt",
        "models/merging/sights/merge_sights.sql",
        "            when doubt = 'ours' and stood_for is not null then 'unchanged'\n",
        "",
        (
            "unit:a_cut_copy_in_doubt_stands_for_the_w"
            "hole_unless_only_we_have_touched_it",
        ),
    ),
    Mutant(
        "an_old_ledgers_memory_is_believed",
        "models/merging/sights/merge_sights.sql",
        "            when doubt is null and beside_observed <> 'other' then "
        "beside_observed\n",
        "            when beside_observed <> 'other' then beside_observed\n",
        ("unit:what_an_old_ledger_observed_is_in_doubt_so_every_value_contests",),
    ),
    Mutant(
        "edit_beside_a_gone_record_is_lost",
        "models/merging/conflicts/merge_lost_link_conflicts.sql",
        "    where not (is_source and gone_key = target_key "
        "and ended_policy = 'recreate')\n",
        "    where false\n",
        ("unit:an_edit_beside_a_source_that_is_gone_is_kept",),
    ),
    Mutant(
        "period_decided_as_a_whole",
        "models/merging/edits/merge_decided_edits.sql",
        "            when merging_singly.source_key is not null then edits.property\n",
        "            when false then edits.property\n",
        (
            "unit:a_start_and_an_end_of_two_people_both_count_when_they_make_a_period",
            "test_a_start_and_an_end_that_two_people_move_both_arrive",
        ),
    ),
    Mutant(
        "period_turned_around",
        "models/merging/edits/merge_decided_edits.sql",
        "        coalesce(first_one.new_value <= second_one.new_value, true)\n",
        "        true\n",
        (
            "unit:a_start_after_the_end_is_decided_with_its_group",
            "unit:an_agreed_end_that_wins_alone_is_measured_like_an_edit",
        ),
    ),
    Mutant(
        "open_end_makes_no_period",
        "models/merging/edits/merge_decided_edits.sql",
        "        coalesce(first_one.new_value <= second_one.new_value, true)\n",
        "        first_one.new_value <= second_one.new_value\n",
        ("unit:an_emptied_end_is_after_every_start",),
    ),
    Mutant(
        "address_merged_singly",
        "models/merging/edits/merge_contested_edits.sql",
        "            and edits.property in (\n                property_groups."
        "first_property, property_groups.second_property\n            )\n",
        "            or edits.property_group = 'address'\n",
        ("unit:an_edit_of_a_period_is_weighed_alone_beside_with_its_group",),
    ),
    Mutant(
        "equal_in_a_group_taken_for_equal_alone",
        "models/merging/deciding/merge_agreeing.sql",
        "            and own.property_group = other.property_group\n"
        "            and own.property = other.property\n",
        "            and own.property = other.property\n",
        ("unit:what_is_equal_in_a_group_says_nothing_about_the_property_alone",),
    ),
    Mutant(
        "half_a_group_written",
        "models/merging/deciding/merge_outcomes.sql",
        "            when waits_for_its_group or starts_with(fate, 'held_') then "
        "'held'\n",
        "            when starts_with(fate, 'held_') then 'held'\n",
        ("unit:a_group_is_written_together_or_not_at_all",),
    ),
    Mutant(
        "half_a_group_created",
        "models/outbound/writes/outbound_creates.sql",
        "then 'with_its_group'\n",
        "then null\n",
        ("unit:a_new_record_gets_a_group_together_or_not_at_all",),
    ),
)
