"""Protections of spelling: values are what people see; a changed rule is no edit."""

from tests.mutants.mutant import Mutant

_AS_SEEN = ("unit:values_are_compared_as_people_see_them",)

SPELLING = (
    Mutant(
        "nought_dialled_at_home_kept",
        "macros/canonical_phone.sql",
        """(?:({{ _codes_with_home_prefix("0") }})0|""",
        "(?:(never)0|",
        ("test_a_nought_in_brackets_is_left_out_where_it_is_dialled_at_home_only",),
    ),
    Mutant(
        "extension_joined_to_its_number",
        "macros/canonical_phone.sql",
        "'^[+](?:{{ _phone_patterns() }})$'",
        "'^[+][1-9][0-9]{6,14} '",
        ("test_an_extension_makes_no_number_of_a_country_of_one_length",),
    ),
    Mutant(
        "what_stands_in_brackets_at_the_end_joined",
        "macros/canonical_phone.sql",
        "'[)][^0-9]*(?:[0-9][^0-9]*){0,4}$'",
        "'^never$'",
        _AS_SEEN,
    ),
    Mutant(
        "second_number_joined_to_the_first",
        "macros/canonical_phone.sql",
        "|/(?:[{{ blank_signs() }}.()-]*[0-9]){5}",
        "|/",
        _AS_SEEN,
    ),
    Mutant(
        "only_plain_blanks_known",
        "macros/blank_signs.sql",
        r"\x{202f}\x{205f}\x{3000}",
        r"\x{205f}",
        _AS_SEEN,
    ),
    Mutant(
        "invisible_signs_kept",
        "macros/invisible_signs.sql",
        r"\x{200b}-\x{200f}",
        r"\x{200e}-\x{200f}",
        _AS_SEEN,
    ),
    Mutant(
        "hyphens_of_other_kinds_kept",
        "macros/dash_signs.sql",
        r"\x{2010}-\x{2015}",
        r"\x{2015}",
        _AS_SEEN,
    ),
    Mutant(
        "register_of_vat_is_another_number",
        "macros/canonical_organization_number.sql",
        "(?:mva)?",
        "",
        _AS_SEEN,
    ),
    Mutant(
        "accents_put_together_otherwise_do_not_match",
        "macros/email_key.sql",
        "nfc_normalize(\n                    lower(",
        "(\n                    lower(",
        ("unit:an_address_is_the_same_however_its_letters_and_its_domain_are_spelt",),
    ),
    Mutant(
        "domain_matches_in_one_spelling_only",
        "ledger/ascii_domain.py",
        'return idna.encode(domain, uts46=True).decode("ascii")',
        "return domain.lower()",
        ("unit:an_address_is_the_same_however_its_letters_and_its_domain_are_spelt",),
    ),
    Mutant(
        "none_taken_for_a_record",
        "models/merging/sights/merge_references.sql",
        "{{ reference_id('shown_native', 'reads_empty') }}",
        "{{ reference_id('shown_native') }}",
        ("unit:a_system_has_its_own_word_for_none",),
    ),
    Mutant(
        "none_held_as_an_unknown_record",
        "models/merging/sights/merge_believed.sql",
        "{{ reference_id('shown_native', 'reads_empty') }}",
        "{{ reference_id('shown_native') }}",
        ("unit:what_means_none_is_held_by_nobody",),
    ),
    Mutant(
        "guid_in_another_case_is_another_id",
        "macros/same_id.sql",
        "then lower(regexp_replace({{ expression }}, '[{}]', '', 'g'))",
        "then {{ expression }}",
        ("unit:a_guid_is_the_same_id_in_either_case",),
    ),
    Mutant(
        "former_spelling_is_an_unexplained_answer",
        "models/merging/deciding/merge_fates.sql",
        "when sights.beside_delivered in ('alike', 'respelt')\n",
        "when sights.beside_delivered = 'alike'\n",
        (
            "unit:a_value_that_only_our_former_spelling_tells_from_the_agreed_one"
            "_is_in_step",
        ),
    ),
    Mutant(
        "former_spelling_forgotten",
        "macros/spells.sql",
        "{{ formerly_canonical(native, kind) }} = {{ delivered }}",
        "false",
        (
            "unit:signs_that_nobody_sees_and_former_spellings_are_no_unexplained_"
            "answer",
            "test_what_is_agreed_on_is_no_finding_because_a_rule_has_changed",
        ),
    ),
    Mutant(
        "unseen_signs_make_an_unexplained_answer",
        "macros/spells.sql",
        "lambda held: \" ~ as_answered('held', kind) ~",
        "lambda held: \" ~ 'held' ~",
        ("unit:signs_that_nobody_sees_and_former_spellings_are_no_unexplained_answer",),
    ),
    Mutant(
        "address_remembered_under_its_former_name",
        "ledger/migrations/0005_addresses_and_noughts.sql",
        "values ('Adresse', 'Gateadresse'), ('Postnummer', 'Postnr')",
        "values ('Adresse', 'Adresse'), ('Postnummer', 'Postnummer')",
        ("test_the_address_goes_on_under_its_new_name",),
    ),
    Mutant(
        "hidden_signs_not_shown",
        "lenke/showing/layout.py",
        'else f"<U+{ord(sign):04X}>"',
        'else " "',
        ("test_people_see_the_signs_that_hide",),
    ),
    Mutant(
        "letters_written_when_they_meet",
        "models/merging/deciding/merge_fates.sql",
        "                (not sights.has_observation or sights.stood_for = "
        "wanted.agreed_value)\n",
        "                false\n",
        ("unit:an_address_in_other_letters_is_in_step_when_they_meet",),
    ),
    Mutant(
        "letters_of_an_old_ledger_written",
        "models/merging/deciding/merge_fates.sql",
        "(not sights.has_observation or sights.stood_for = wanted.agreed_value)",
        "not sights.has_observation",
        ("unit:an_address_in_other_letters_is_in_step_when_they_meet",),
    ),
    Mutant(
        "letters_never_written",
        "models/merging/deciding/merge_fates.sql",
        "                (not sights.has_observation or sights.stood_for = "
        "wanted.agreed_value)\n",
        "                true\n",
        (
            "unit:an_address_in_other_letters_is_in_step_when_they_meet",
            "unit:letters_that_somebody_typed_go_to_whoever_holds_others",
        ),
    ),
    Mutant(
        "letters_taken_for_an_unexplained_answer",
        "models/merging/sights/merge_sights.sql",
        "                then 'alike'\n",
        "                then 'unexplained'\n",
        (
            "unit:an_address_that_met_in_other_letters"
            "_is_no_answer_that_nothing_explains",
        ),
    ),
    Mutant(
        "edit_of_letters_lost",
        "models/merging/sights/merge_sights.sql",
        "else {{ spelt_alike('observed_value', 'delivered_as_stored', 'kind') }}",
        "else false",
        (
            "unit:an_address_that_met_in_other_letters"
            "_is_no_answer_that_nothing_explains",
        ),
    ),
    Mutant(
        "edit_of_letters_stays_where_it_was_made",
        "models/merging/deciding/merge_fates.sql",
        "                    or wanted.rule in ('stays', 'first_meeting', 'ask')\n",
        "                    or true\n",
        ("unit:letters_that_somebody_typed_go_to_whoever_holds_others",),
    ),
    Mutant(
        "edit_of_letters_forgotten_when_it_is_not_written",
        "models/merging/ledger/merge_ledger_observations.sql",
        "in ('unexplained', 'alike', 'remapped')\n                then false\n",
        "in ('unexplained', 'remapped')\n                then false\n",
        ("unit:who_lacks_the_letters_that_somebody_typed_waits_for_them",),
    ),
    Mutant(
        "letters_of_an_old_ledger_contest",
        "models/merging/sights/merge_sights.sql",
        "            when has_agreed and stood_for = agreed_before then "
        "'agreed_already'\n",
        "",
        ("unit:who_types_an_address_in_other_letters_has_edited_it",),
    ),
    Mutant(
        "letters_keep_a_lost_pair_apart",
        "models/matching/recovery/match_recovery_values.sql",
        "{{ common_spelling('stored_by_both', 'kind') }}",
        "stored_by_both",
        ("unit:a_lost_pair_is_equal_whatever_letters_its_addresses_have",),
    ),
    Mutant(
        "other_letters_make_another_record",
        "models/matching/gone/match_past_likeness.sql",
        "{{ common_spelling('observed_value', 'kind') }}",
        "observed_value",
        ("unit:an_address_in_other_letters_is_something_in_common",),
    ),
    Mutant(
        "other_letters_make_a_newcomer",
        "models/matching/gone/match_equal_vanished.sql",
        "{{ common_spelling('lost_values.observed_value', 'lost_values.kind') }}",
        "lost_values.observed_value",
        (
            "unit:a_new_record_with_the_address_of_one_that_vanished_in_other_letters"
            "_is_rekeyed",
        ),
    ),
    Mutant(
        "other_letters_hide_a_double",
        "models/matching/creating/match_possible_doubles.sql",
        "{{ common_spelling('sent_as_stored', 'kind') }}",
        "sent_as_stored",
        ("unit:what_was_sent_in_other_letters_may_be_a_double",),
    ),
)
