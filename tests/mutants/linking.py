"""Protections of linking: nothing guessed, nothing doubled, nothing ended lightly."""

from tests.mutants.mutant import Mutant

LINKING = (
    Mutant(
        "ambiguity_broken_by_order",
        "models/matching/linking/match_found_pairs.sql",
        "count(*) over (partition by flow, source_key) as candidates_of_source",
        "row_number() over (partition by flow, source_key order by target_key)"
        " as candidates_of_source",
        ("unit:an_ambiguous_match_links_nothing",),
    ),
    Mutant(
        "two_sources_in_order_of_their_keys",
        "models/matching/linking/match_found_pairs.sql",
        "count(*) over (partition by target_key) as candidates_of_target",
        "row_number() over (partition by target_key order by source_key)"
        " as candidates_of_target",
        ("unit:two_sources_that_match_one_target_link_nothing",),
    ),
    Mutant(
        "empty_matches_empty",
        "models/matching/linking/match_keys.sql",
        "    having count(part_key) = max(parts)\n",
        "",
        ("unit:inside_a_combination_all_properties_must_match",),
    ),
    Mutant(
        "hidden_matches",
        "models/matching/linking/match_key_parts.sql",
        " and not {{ is_mask('canonical_value', 'kind') }}\n",
        "\n",
        ("unit:hidden_never_matches",),
    ),
    Mutant(
        "unlinked_pair_links_again",
        "models/matching/linking/match_pairs.sql",
        "    where unlinked_pairs.flow is null\n",
        "",
        ("unit:an_unlinked_pair_is_no_candidate_again",),
    ),
    Mutant(
        "open_create_is_no_link",
        "models/matching/creating/match_holds.sql",
        "    from open_creates\n",
        "    from open_creates where false\n",
        ("unit:an_open_create_counts_as_a_link",),
    ),
    Mutant(
        "what_is_held_is_created",
        "models/matching/creating/match_unlinked_sources.sql",
        "            when holds.flow is not null then 'held'\n",
        "",
        ("unit:a_source_that_is_held_is_not_created",),
    ),
    Mutant(
        "rules_link_what_is_being_created",
        "models/matching/linking/match_found_pairs.sql",
        "        and creates.flow is null\n",
        "",
        ("unit:no_rule_links_a_record_while_its_create_is_open",),
    ),
    Mutant(
        "double_with_an_old_stamp_not_seen",
        "models/matching/creating/match_double_candidates.sql",
        "        links.target_key is null\n",
        "        links.target_key is null and present.change_stamp\n"
        "        >= writes.intended_at - interval 300 second\n",
        (
            "unit:who_is_linked_to_nobody_may_be_what_a_lost_create_made_however_old"
            "_it_is",
        ),
    ),
    Mutant(
        "possible_double_created_again",
        "models/matching/creating/match_holds.sql",
        "    from possible_doubles\n",
        "    from possible_doubles where false\n",
        ("unit:what_may_be_a_double_is_not_created_once_more",),
    ),
    Mutant(
        "created_again_in_the_place_of_a_gone_record",
        "models/matching/creating/match_past_holds.sql",
        "    where recreated.flow is null\n",
        "    where false\n",
        ("unit:nothing_is_created_in_the_place_of_a_record_whose_link_has_ended",),
    ),
    Mutant(
        "what_we_created_and_somebody_deleted_created_again",
        "models/matching/creating/match_past_holds.sql",
        "    where operation = 'create' and status = 'gone'\n",
        "    where false\n",
        ("unit:what_we_created_and_somebody_deleted_is_not_created_again",),
    ),
    Mutant(
        "rekeyed_source_created",
        "models/matching/creating/match_past_holds.sql",
        "    from rekeyed\n",
        "    from rekeyed where false\n",
        ("unit:a_source_that_equals_one_that_vanished_is_held",),
    ),
    Mutant(
        "reused_id_takes_the_link",
        "models/matching/gone/match_returned_links.sql",
        "other_sources.record_key is null and other_targets.record_key is null",
        "true",
        ("unit:a_link_is_taken_up_again_when_both_records_are_there",),
    ),
    Mutant(
        "reused_id_not_noticed",
        "models/matching/gone/match_reused_ids.sql",
        "    where is_another\n",
        "    where false\n",
        (
            "unit:a_record_created_after_the_link_is_another_one_unless_it_is_all_the_same",
        ),
    ),
    Mutant(
        "a_reused_id_remembers",
        "models/matching/gone/match_memories.sql",
        "    where reused_ids.record_key is null\n",
        "",
        (
            "unit:what_was_observed_of_a_record_that_is_gone_is_no_memory_of_who_has"
            "_its_key_now",
        ),
    ),
    Mutant(
        "a_reused_id_agrees_with_the_former_record",
        "models/matching/gone/match_agreed_memories.sql",
        "    where reused_ids.record_key is null\n",
        "",
        (
            "unit:what_was_agreed_on_for_a_record_that_is_gone_is_no_memory_of_who_has"
            "_its_key_now",
        ),
    ),
    Mutant(
        "missing_in_a_list_is_gone",
        "models/matching/gone/match_absent.sql",
        "        single_reads.record_key is not null\n"
        "        and (not missing.is_in_raw",
        "        true or single_reads.record_key is not null\n"
        "        and (not missing.is_in_raw",
        (
            "unit:a_linked_record_that_lists_lack_is_absent_until_a_single_read_says_more",
        ),
    ),
    Mutant(
        "what_was_just_made_is_taken_for_missing",
        "models/matching/gone/match_absent.sql",
        "    union\n\n    select record_key from {{ ref('match_written_since') }}\n",
        "",
        (
            "unit:a_linked_record_that_lists_lack_is_absent_until_a_single_read_says_more",
        ),
    ),
    Mutant(
        "what_was_just_made_is_called_absent",
        "models/inspection/findings/inspect_absent_members.sql",
        "        and written_since.record_key is null\n",
        "",
        ("unit:a_member_that_lists_lack_is_absent_unless_there_is_a_reason",),
    ),
    Mutant(
        "a_listing_from_before_our_write_lacks_the_record",
        "models/matching/taking_part/match_written_since.sql",
        "        coalesce(writes.settled_at >= newest_listings.started_at, true)\n",
        "        writes.settled_at >= newest_listings.started_at + interval 1 day\n",
        ("unit:only_a_listing_that_began_after_our_write_can_lack_a_record",),
    ),
    Mutant(
        "an_old_word_of_its_end_outlives_the_record",
        "models/matching/taking_part/match_gone_records.sql",
        "sights.record_key is null or asked_for.told_at >= sights.loaded_at",
        "true",
        ("unit:a_record_that_was_seen_since_is_not_gone",),
    ),
    Mutant(
        "a_system_at_rest_ends_links",
        "models/matching/taking_part/match_gone_records.sql",
        "    where is_usable\n",
        "",
        ("unit:what_an_entity_at_rest_says_is_not_believed",),
    ),
    Mutant(
        "recovery_links_by_likeness",
        "models/matching/linking/match_found_pairs.sql",
        "        and (not run.is_recovery or recovery_pairs.flow is not null)\n",
        "",
        ("unit:a_recovery_links_by_rule_only_what_is_equal",),
    ),
    Mutant(
        "recovery_creates",
        "models/matching/creating/match_holds.sql",
        "    from recovery_holds\n",
        "    from recovery_holds where false\n",
        ("unit:nothing_is_created_while_a_recovery_holds_it",),
    ),
)
