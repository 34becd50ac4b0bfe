"""Protections around what a system refuses, or would invent where nothing is sent."""

from tests.mutants.mutant import Mutant

_TOGETHER = "tests/reverse_etl/push/test_left_out.py::"
_REFUSED = "tests/reverse_etl/push/test_refused_values.py::"
_NAMED = "tests/reverse_etl/wire/test_named.py::"
_OFFICE = "tests/reverse_etl/test_powerofficego.py::"
_LEFT_OUT = "unit:refused_values_are_left_out_and_the_rest_goes"

REFUSING = (
    Mutant(
        "one_refused_value_holds_the_record",
        "reverse_etl/push/isolate.py",
        "    is_about_values = refused.status in _ABOUT_VALUES",
        "    is_about_values = False and refused.status in _ABOUT_VALUES",
        (
            f"{_REFUSED}test_a_value_that_the_answer_names_is_left_out_and_the_rest"
            "_arrives",
        ),
    ),
    Mutant(
        "what_no_answer_names_holds_the_record",
        "reverse_etl/push/isolate.py",
        "    if not suspects:\n        return WHOLE\n",
        "    if not is_named:\n        return WHOLE\n",
        (f"{_REFUSED}test_a_value_that_no_answer_names_is_found_by_trying",),
    ),
    Mutant(
        "every_suspect_is_guilty",
        "reverse_etl/push/isolate.py",
        "    if is_named or (len(suspects) == 1 and not rest):\n",
        "    if True:\n",
        (f"{_REFUSED}test_a_value_that_no_answer_names_is_found_by_trying",),
    ),
    Mutant(
        "what_was_accepted_before_is_suspected",
        "reverse_etl/push/isolate.py",
        "if not each.was_accepted",
        "if True",
        (f"{_TOGETHER}test_what_the_record_has_had_before_is_not_suspected",),
    ),
    Mutant(
        "any_refusal_is_about_values",
        "reverse_etl/push/isolate.py",
        "_ABOUT_VALUES = (400, 422)\n",
        "_ABOUT_VALUES = (400, 403, 422)\n",
        (
            f"{_TOGETHER}test_a_refusal_that_is_no_word_about_a_value_is_not_tried_around",
        ),
    ),
    Mutant(
        "an_echo_of_the_record_names_everything",
        "reverse_etl/wire/named.py",
        "                if parent is not None or isinstance(inner, list):\n",
        "                if True:\n",
        (f"{_NAMED}test_what_was_not_pointed_at_or_not_sent_is_not_found",),
    ),
    Mutant(
        "the_second_attempt_does_not_know_the_first",
        "reverse_etl/push/part_by_part.py",
        "            request = _after(request, part, outcome.stored)\n",
        "",
        (f"{_REFUSED}test_a_value_that_no_answer_names_is_found_by_trying",),
    ),
    Mutant(
        "a_partly_refused_write_is_not_counted",
        "reverse_etl/push/push.py",
        '        counts["refused"] += self._partly_refused\n',
        "",
        (
            f"{_REFUSED}test_a_value_that_the_answer_names_is_left_out_and_the_rest"
            "_arrives",
        ),
    ),
    Mutant(
        "refused_values_are_not_remembered",
        "reverse_etl/push/journal.py",
        "        if receipt.refused_units is not None:\n",
        "        if False:\n",
        (
            f"{_TOGETHER}test_a_run_that_is_killed_between_two_attempts_leaves_nothing_open",
        ),
    ),
    Mutant(
        "a_refused_value_goes_again_at_once",
        "models/outbound/writes/outbound_units.sql",
        "            < 3600 * limits.backoff_hours",
        "            < 0 * limits.backoff_hours",
        (_LEFT_OUT,),
    ),
    Mutant(
        "anything_is_left_out",
        "models/outbound/writes/outbound_units.sql",
        "            coalesce(entity_properties.may_be_left_out, false)\n",
        "            true\n",
        (
            _LEFT_OUT,
            "unit:only_what_a_write_can_go_without_has_a_fingerprint_of_its_own",
        ),
    ),
    Mutant(
        "a_create_leaves_out_what_it_needs",
        "models/outbound/writes/outbound_units.sql",
        "            and not candidates.is_required\n",
        "",
        ("unit:only_what_a_write_can_go_without_has_a_fingerprint_of_its_own",),
    ),
    Mutant(
        "a_group_is_left_out_in_part",
        "models/outbound/writes/outbound_units.sql",
        "        bool_and(\n",
        "        bool_or(\n",
        ("unit:only_what_a_write_can_go_without_has_a_fingerprint_of_its_own",),
    ),
    Mutant(
        "a_held_value_is_sent_with_the_rest",
        "models/outbound/writes/outbound_writes.sql",
        "    where not units.is_held_back\n",
        "    where true\n",
        ("unit:a_value_that_is_held_for_itself_is_not_sent",),
    ),
    Mutant(
        "a_partly_refused_payload_is_refused_as_a_whole",
        "models/outbound/writes/outbound_payloads.sql",
        " and refused_units is null\n",
        "\n",
        ("unit:the_rest_of_a_payload_counts_when_a_value_is_held_for_itself",),
    ),
    Mutant(
        "a_refused_value_is_no_finding",
        "models/inspection/findings/inspect_held_in_writes.sql",
        "    select * from refused_values\n    union all\n",
        "",
        ("unit:a_refused_value_and_a_name_that_leads_nowhere_show_what_waits",),
    ),
    Mutant(
        "the_target_fills_in_what_nobody_typed",
        "models/outbound/writes/outbound_creates.sql",
        "        new_values.is_mandatory or new_values.create_waits as is_required\n",
        "        new_values.is_mandatory as is_required\n",
        ("unit:what_the_target_would_fill_in_by_itself_holds_the_create",),
    ),
    Mutant(
        "refused_tests_hold_every_update",
        "reverse_etl/powerofficego.py",
        "        if bare == patch or http in _takes_tests:\n",
        "        if True:\n",
        (f"{_OFFICE}test_an_installation_that_refuses_tests_gets_its_updates",),
    ),
    Mutant(
        "refused_tests_are_not_remembered",
        "reverse_etl/powerofficego.py",
        "        _takes_tests[http] = False\n",
        "",
        (f"{_OFFICE}test_an_installation_that_refuses_tests_gets_its_updates",),
    ),
    Mutant(
        "without_tests_nobody_looks",
        "reverse_etl/powerofficego.py",
        "        if current is None:\n",
        "        if False:\n",
        (f"{_OFFICE}test_an_edit_is_not_overwritten_where_tests_are_refused",),
    ),
    Mutant(
        "an_unguarded_write_is_not_said",
        "lenke/commands/doctor.py",
        '    if not is_unguarded or level == "C":\n',
        "    if True:\n",
        (
            "tests/lenke/commands/test_doctor.py::"
            "test_a_system_that_refuses_the_guard_of_its_contract_is_of_level_c",
        ),
    ),
)
