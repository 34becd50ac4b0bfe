"""Protections around a link that a person ends: what it left behind."""

from tests.mutants.mutant import Mutant

PARTING = (
    Mutant(
        "borrowed_value_is_a_key",
        "models/matching/linking/match_keys.sql",
        "    where borrowed_values.record_key is null\n",
        "",
        ("unit:a_value_that_came_over_a_link_that_a_person_ended_is_no_key",),
    ),
    Mutant(
        "borrowed_value_proves_a_lost_pair",
        "models/matching/recovery/match_recovery_values.sql",
        "        borrowed_values.record_key is null\n        and ",
        "        ",
        ("unit:a_lost_pair_is_equal_whatever_letters_its_addresses_have",),
    ),
    Mutant(
        "own_value_that_came_back_is_borrowed",
        "macros/written_over.sql",
        "    and {{ links }}.ended_run_id is distinct from {{ writes }}.run_id\n"
        "    and coalesce({{ links }}.ended_at >= {{ writes }}.intended_at, true)\n",
        "",
        ("unit:what_was_written_last_over_an_ended_link_is_borrowed",),
    ),
    Mutant(
        "edit_overwritten_by_what_is_put_back",
        "models/merging/edits/merge_put_backs.sql",
        "            else 'left'\n        end as outcome_alone\n",
        "            else 'put_back'\n        end as outcome_alone\n",
        ("unit:what_the_record_still_holds_of_ours_is_put_back",),
    ),
    Mutant(
        "half_a_group_put_back",
        "models/merging/edits/merge_put_backs.sql",
        "                and bool_or(outcome_alone = 'left') over (\n"
        "                    partition by flow, source_key, target_key, property_group"
        "\n                )\n",
        "                and false\n",
        ("unit:a_group_is_put_back_together_or_not_at_all",),
    ),
    Mutant(
        "put_back_for_ever",
        "models/merging/edits/merge_put_backs.sql",
        "            when is_back then 'carried_out'\n",
        "",
        ("unit:what_was_put_back_since_the_decision_is_done",),
    ),
    Mutant(
        "put_back_into_a_linked_record",
        "models/merging/edits/merge_put_backs.sql",
        "            when is_linked then 'superseded'\n",
        "",
        ("unit:what_the_record_still_holds_of_ours_is_put_back",),
    ),
    Mutant(
        "what_is_put_back_beats_edits",
        "models/merging/edits/merge_restores.sql",
        "        case when decisions.kind = 'restore' then decisions.decided_at end\n"
        "            as restored_at,\n",
        "        decisions.decided_at as restored_at,\n",
        ("unit:what_is_put_back_in_a_star_is_an_edit_of_the_time_before_all_others",),
    ),
    Mutant(
        "put_back_while_the_link_stands",
        "models/merging/edits/merge_restores.sql",
        "'put_back_source' then links.source_key is null\n",
        "'put_back_source' then true\n",
        ("unit:what_is_put_back_in_a_star_is_an_edit_of_the_time_before_all_others",),
    ),
    Mutant(
        "killed_run_forgets_what_is_put_back",
        "models/merging/gate/merge_put_back_stars.sql",
        " or coalesce(record_states.waits, false))\n",
        ")\n",
        ("unit:a_star_lasts_until_its_source_has_its_value_back",),
    ),
    Mutant(
        "own_word_of_a_target_forgotten",
        "models/inspection/copied/inspect_first_writes.sql",
        "        and coalesce(writes.intended_at > own_words.agreed_at, true)\n",
        "",
        ("unit:what_its_own_people_typed_meanwhile_was_there",),
    ),
    Mutant(
        "later_word_in_the_star_put_back",
        "models/inspection/copied/inspect_copied_values.sql",
        "            when (to_sources.won_by is distinct from to_sources.target_key)\n",
        "            when false\n",
        ("unit:what_is_decided_together_is_left_together",),
    ),
    Mutant(
        "value_of_another_member_lost_with_the_link",
        "models/inspection/copied/inspect_copied_to_sources.sql",
        "            else conflicts.losing_value\n",
        "",
        ("unit:what_the_star_had_agreed_on_before_its_target_spoke_comes_back",),
    ),
    Mutant(
        "put_back_although_linked_since",
        "lenke/people/put_back.py",
        "        if other != pair and (",
        "        if False and (",
        ("test_what_has_been_linked_since_is_left",),
    ),
    Mutant(
        "put_back_twice",
        "lenke/people/put_back.py",
        " and (each.kind, each.property) not in waiting\n",
        "\n",
        ("test_what_waits_to_be_put_back_is_not_decided_twice",),
    ),
)
