"""Protections of sight: what is hidden from us is no edit, and is not written over."""

from tests.mutants.mutant import Mutant

_RESTS = "models/merging/sights/merge_resting_properties.sql"
_TURNED = "models/merging/sights/merge_turned_values.sql"
_HIDDEN = "models/merging/sights/merge_hidden.sql"
_BELIEVED = "models/merging/sights/merge_believed.sql"
_PROOFS = "models/merging/sights/merge_proofs.sql"

SEEING = (
    Mutant(
        "emptied_in_bulk_believed",
        _RESTS,
        "    where rests\n",
        "    where false\n",
        ("unit:a_property_that_turns_to_nothing_in_most_records_rests",),
    ),
    Mutant(
        "one_same_value_in_bulk_believed",
        _TURNED,
        "        and shown_value is distinct from observed_value\n",
        "        and shown_value is null\n",
        ("unit:each_value_that_records_turn_to_is_counted_by_itself",),
    ),
    Mutant(
        "half_of_the_records_are_enough_to_rest",
        _RESTS,
        "                and changes_of_sight.turned > limits.share * "
        "changes_of_sight.held\n",
        "                and changes_of_sight.turned >= limits.share * "
        "changes_of_sight.held\n",
        ("unit:half_of_the_records_may_be_emptied_by_people",),
    ),
    Mutant(
        "mass_edits_rest",
        _RESTS,
        "                and 2 * changes_of_sight.unmoved >= changes_of_sight.turned\n",
        "",
        ("unit:what_newer_stamps_say_is_a_mass_edit",),
    ),
    Mutant(
        "old_pages_rest",
        _TURNED,
        "proofs.is_newer or proofs.is_older_than_known as has_moved",
        "proofs.is_newer as has_moved",
        ("unit:neither_newer_stamps_nor_an_old_page_are_a_change_of_sight",),
    ),
    Mutant(
        "equal_values_rest",
        _RESTS,
        "                and changes_of_sight.different_values > 1\n",
        "",
        ("unit:records_that_all_held_the_same_may_all_be_edited_alike",),
    ),
    Mutant(
        "few_records_rest",
        _RESTS,
        "                and changes_of_sight.held >= limits.number\n",
        "",
        ("unit:four_records_are_too_few_to_judge_by",),
    ),
    Mutant(
        "what_rests_is_forgotten",
        _RESTS,
        "            when resting_before.name is not null\n",
        "            when false\n",
        ("unit:what_rests_goes_on_resting_while_two_records_still_show_nothing",),
    ),
    Mutant(
        "what_rests_never_goes_on",
        _RESTS,
        "                    > greatest(1, limits.return_share * "
        "changes_of_sight.held)\n",
        "                    > 0\n",
        ("unit:what_rests_goes_on_when_the_values_are_back",),
    ),
    Mutant(
        "nobody_lets_a_property_go_on",
        _RESTS,
        "    where not {{ allow_mass_change() }}\n",
        "",
        ("unit:a_person_lets_a_property_go_on",),
    ),
    Mutant(
        "a_group_rests_in_part",
        _HIDDEN,
        "masks.source_key, masks.member_key, masks.property_group\n",
        "masks.source_key, masks.member_key, masks.property\n",
        ("unit:a_group_rests_as_a_whole",),
    ),
    Mutant(
        "rest_of_a_hidden_group_written",
        _HIDDEN,
        "bool_or(is_hidden) over (partition by source_key, member_key, property_group)",
        "is_hidden",
        ("unit:what_is_hidden_is_not_known_and_its_group_is_not_written",),
    ),
    Mutant(
        "hidden_value_sent_back_in_a_whole_record",
        _HIDDEN,
        "        is_sent_whole and (is_masked or rests) as hides_in_a_whole\n",
        "        false as hides_in_a_whole\n",
        ("unit:a_record_that_hides_a_value_is_not_sent_back_whole",),
    ),
    Mutant(
        "masks_believed",
        "macros/is_mask.sql",
        "            '^([\\[(<]?hidden[\\])>]?|[*•●]{3,}|x{4,})$'\n",
        "            '^never$'\n",
        ("unit:a_mask_is_no_value_and_a_name_is_no_mask",),
    ),
    Mutant(
        "masked_addresses_believed",
        "macros/is_mask.sql",
        "when {{ kind }} = 'email' then",
        "when false then",
        ("unit:a_mask_is_no_value_and_a_name_is_no_mask",),
    ),
    Mutant(
        "hidden_value_is_an_edit",
        _BELIEVED,
        "            when hidden_as is not null then null\n"
        "            when is_unconfirmed then observed\n",
        "            when is_unconfirmed then observed\n",
        ("unit:what_is_hidden_is_neither_an_edit_nor_to_be_confirmed",),
    ),
    Mutant(
        "hidden_values_are_read_singly",
        _BELIEVED,
        "        and hidden_as is null as is_unconfirmed\n",
        "        as is_unconfirmed\n",
        ("unit:what_is_hidden_is_neither_an_edit_nor_to_be_confirmed",),
    ),
    Mutant(
        "group_of_a_hidden_value_written",
        "models/merging/deciding/merge_wanted.sql",
        "            when hidden.property is not null then 'left_alone'\n",
        "",
        ("unit:what_is_hidden_is_not_written_nor_is_its_group",),
    ),
    Mutant(
        "agreed_mask_written",
        "models/merging/deciding/merge_wanted.sql",
        "            when {{ is_mask('to_store.value_to_store', 'to_store.kind') }}\n"
        "                then 'agreed_mask'\n",
        "",
        ("unit:what_is_hidden_is_not_written_nor_is_its_group",),
    ),
    Mutant(
        "masked_source_overruled_at_first_meeting",
        "models/merging/deciding/merge_agreed.sql",
        "sight not in ('absent', 'resting', 'masked')",
        "sight not in ('absent')",
        ("unit:nothing_is_agreed_for_the_first_time_while_the_source_shows_a_mask",),
    ),
    Mutant(
        "missing_members_written",
        "models/merging/sights/merge_missing_members.sql",
        "        count(*) >= max(limits.limit_value)\n",
        "        false\n",
        (
            "unit:a_member_that_no_record_of_a_full_listing_shows_is_missing",
            "test_a_member_that_no_record_shows_is_left_out_and_nothing_else_waits",
        ),
    ),
    Mutant(
        "members_that_may_be_left_out_are_missing",
        "models/merging/sights/merge_missing_members.sql",
        "    where omitted_members.property is null\n",
        "",
        ("unit:a_member_that_no_record_of_a_full_listing_shows_is_missing",),
    ),
    Mutant(
        "a_member_that_no_record_shows_waits_for_ever",
        "models/merging/ledger/merge_waits.sql",
        "(outcomes.outcome = 'unknown' and outcomes.sight <> 'in_no_record')",
        "(outcomes.outcome = 'unknown')",
        (
            "unit:what_shows_a_mask_or_rests_waits_and"
            "_a_member_that_no_record_has_does_not",
        ),
    ),
    Mutant(
        "stamp_of_the_future_wins",
        _PROOFS,
        "            when stamp_is_ahead then loaded_at\n",
        "",
        ("unit:an_edit_with_a_stamp_of_the_future_was_made_when_it_was_read",),
    ),
    Mutant(
        "stamp_of_the_future_won_at_a_first_meeting",
        "models/merging/deciding/merge_agreed.sql",
        "            else first_meetings.edited_at\n",
        "            else null\n",
        ("unit:what_a_first_meeting_takes_was_made_when_its_member_was_edited",),
    ),
    Mutant(
        "agreed_value_of_the_future_beats_every_edit",
        "models/staging/ledger/stg_ledger__agreed_values.sql",
        " then agreed_at\n",
        " then won_at\n",
        ("unit:a_value_that_won_by_a_stamp_of_the_future_won_when_it_was_agreed_on",),
    ),
    Mutant(
        "stamp_of_the_future_is_a_proof",
        _PROOFS,
        "has_newer_stamp and not stamp_is_ahead",
        "has_newer_stamp",
        ("unit:a_stamp_of_the_future_proves_nothing_and_makes_nothing_old",),
    ),
    Mutant(
        "known_stamp_of_the_future_makes_all_old",
        _PROOFS,
        "        is_before_known and not known_stamp_is_ahead as "
        "is_older_than_known,\n",
        "        is_before_known as is_older_than_known,\n",
        ("unit:a_stamp_of_the_future_proves_nothing_and_makes_nothing_old",),
    ),
    Mutant(
        "answer_of_the_future_makes_all_old",
        "models/merging/sights/merge_answers.sql",
        "            and not stamp_of_ours_is_ahead,\n",
        ",\n",
        ("unit:our_own_stamp_of_the_future_makes_no_later_record_older",),
    ),
    Mutant(
        "record_of_the_future_is_another_one",
        "models/matching/gone/match_reused_ids.sql",
        "                not {{ is_ahead('told_created_at', 'loaded_at', "
        "'clock_doubt_s') }}\n",
        "                true\n",
        (
            "unit:a_record_created_after_the_link_is_another_one_unless_it_is_all_the"
            "_same",
        ),
    ),
)
