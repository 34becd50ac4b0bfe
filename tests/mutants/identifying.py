"""Protections of what identifies: no filler is a key, and a record stays the same."""

from tests.mutants.mutant import Mutant

IDENTIFYING = (
    Mutant(
        "fillers_match",
        "macros/match_key.sql",
        "when {{ is_possible(canonical_value, kind) }}",
        "when true",
        ("unit:what_is_no_possible_value_of_its_kind_is_compared_with_nothing",),
    ),
    Mutant(
        "any_text_is_an_address",
        "macros/is_possible.sql",
        "when 'email' then {{ is_email_address(canonical_value) }}",
        "when 'email' then true",
        ("unit:what_is_no_possible_value_of_its_kind_is_compared_with_nothing",),
    ),
    Mutant(
        "impossible_national_ids_match",
        "macros/is_possible_national_id.sql",
        " and {{ hashed }} <> 'hmac:impossible'",
        "",
        ("unit:what_is_no_possible_value_of_its_kind_is_compared_with_nothing",),
    ),
    Mutant(
        "check_digits_not_looked_at",
        "connections/private/national_ids.py",
        "    return sum(int(digit) * weight for digit, weight in pairs) % 11 == 0\n",
        "    return bool(list(pairs))\n",
        ("test_check_digits_make_an_identity_number_and_its_date_does_not",),
    ),
    Mutant(
        "counting_digits_are_somebody",
        "connections/private/national_ids.py",
        "        and not _counts(digits)\n",
        "",
        ("test_what_can_be_nobodys_identity_number_is_no_key",),
    ),
    Mutant(
        "hashes_of_older_rules_stay",
        "connections/private/records.py",
        'f"lenke {RULES_VERSION}"',
        '"lenke"',
        ("test_a_changed_rule_for_identity_numbers_forces_full_listings_once",),
    ),
    Mutant(
        "a_filler_is_a_new_key",
        "models/matching/gone/match_equal_vanished.sql",
        "count(case when is_possible then 1 end)",
        "count(spelling)",
        ("unit:one_equal_value_is_enough_only_when_it_identifies",),
    ),
    Mutant(
        "a_filler_is_something_in_common",
        "models/matching/gone/match_past_likeness.sql",
        "                when compared.is_possible and not kinds.is_common\n",
        "                when not kinds.is_common\n",
        ("unit:what_strangers_share_is_nothing_in_common_and_neither_is_a_filler",),
    ),
    Mutant(
        "fillers_prove_that_records_belong_together",
        "models/matching/recovery/match_recovery_pairs.sql",
        "count(case when is_possible then compared_value end)",
        "count(compared_value)",
        ("unit:fillers_alone_prove_nothing",),
    ),
    Mutant(
        "a_filler_is_a_likeness",
        "models/matching/recovery/match_recovery_look_alikes.sql",
        "sum(case when sources.is_possible then 1 else 0 end) as equal_possibly",
        "count(*) as equal_possibly",
        ("unit:a_filler_is_no_likeness_unless_all_of_the_values_are_there",),
    ),
    Mutant(
        "links_of_fillers_stay_quiet",
        "models/matching/linking/match_doubtful_links.sql",
        "        bool_or(is_impossible) as is_impossible,\n",
        "        false as is_impossible,\n",
        (
            "unit:a_link_that_a_filler_made_is_doubtful_also_after_it_was_corrected",
            "unit:a_link_is_doubtful_only_when_each_rule_that_made_it_is",
        ),
    ),
    Mutant(
        "one_finding_for_each_that_shares",
        "models/inspection/findings/inspect_ambiguous.sql",
        "    from ambiguous\n    left join shared_values\n        on\n"
        "            ambiguous.flow = shared_values.flow\n"
        "            and ambiguous.source_key = shared_values.source_key\n"
        "    where shared_values.flow is null\n",
        "    from ambiguous\n",
        ("unit:who_shares_no_value_is_a_finding_of_its_own",),
    ),
    Mutant(
        "national_ids_in_findings",
        "macros/shown_value.sql",
        "        when {{ kind }} = 'national_id' then 'one national id'\n",
        "        when {{ kind }} is null then ''\n",
        ("unit:words_for_a_shared_value_hold_no_national_id_and_no_hash_of_one",),
    ),
    Mutant(
        "who_is_back_is_a_newcomer",
        "models/matching/gone/match_rekeyed.sql",
        "    select *, 0 as precedence from same_person\n",
        "    select *, 0 as precedence from same_person where false\n",
        ("unit:somebody_who_has_left_and_is_back_under_another_number_is_rekeyed",),
    ),
    Mutant(
        "who_works_there_has_left",
        "models/matching/gone/match_departed_pairs.sql",
        "        {{ json_text('records.record', 'entities.left_path') }}"
        " = entities.left_value\n",
        "        true\n",
        ("unit:who_has_left_says_so_and_has_a_target_that_nobody_else_has",),
    ),
    Mutant(
        "a_word_to_create_counts_for_ever",
        "models/matching/creating/match_decided_creates.sql",
        "        and carried_out.flow is null\n",
        "",
        ("unit:a_decision_to_create_counts_once_and_until_a_person_links_the_record",),
    ),
    Mutant(
        "a_word_to_create_is_not_heard",
        "models/matching/creating/match_holds.sql",
        "    where decided_creates.flow is null or first_reasons.stands_anyway\n",
        "",
        ("unit:what_a_person_wants_created_is_created_whatever_it_looks_like",),
    ),
    Mutant(
        "an_old_ledger_creates_at_a_persons_word",
        "models/matching/creating/match_holds.sql",
        "    where decided_creates.flow is null or first_reasons.stands_anyway\n",
        "    where decided_creates.flow is null\n",
        ("unit:what_a_person_wants_created_is_created_whatever_it_looks_like",),
    ),
    Mutant(
        "who_has_moved_is_a_stranger",
        "models/staging/ledger/stg_ledger__moved_records.sql",
        "        known_parts.record_key <> where_they_are.moved_to\n",
        "        false\n",
        ("unit:a_record_whose_stable_part_has_another_key_now_is_the_same_record",),
    ),
    Mutant(
        "a_part_that_two_share_is_one_record",
        "models/staging/ledger/stg_ledger__moved_records.sql",
        "    where seen_together.entity is null\n",
        "",
        ("unit:where_one_listing_shows_a_part_twice_it_identifies_nobody",),
    ),
    Mutant(
        "who_has_moved_is_there_twice",
        "models/matching/taking_part/match_records.sql",
        "        and moved_records.record_key is null\n",
        "",
        ("unit:a_record_that_has_another_key_now_is_there_once",),
    ),
    Mutant(
        "the_ledger_stays_at_the_old_key",
        "ledger/decide.py",
        "    *MOVED,\n",
        "",
        ("test_a_contact_person_that_moves_is_the_same_and_what_was_typed_spreads",),
    ),
)
