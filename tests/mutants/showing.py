"""Protections of whoever looks: nothing is well by a typo, nothing can't be copied."""

from tests.mutants.mutant import Mutant

SHOWING = (
    Mutant(
        "unknown_filters_pass",
        "lenke/showing/filters.py",
        "    by_spelling = {_spelling(each): each for each in known}\n",
        "    return typed\n",
        (
            "test_what_nobody_knows_is_refused_with_the_nearest",
            "test_what_is_known_is_named",
        ),
    ),
    Mutant(
        "unknown_records_pass",
        "lenke/showing/meant.py",
        "    if found:\n        return found\n",
        "    return found\n",
        ("test_a_record_that_nobody_knows_is_refused",),
    ),
    Mutant(
        "all_is_well_when_filtered",
        "lenke/showing/findings.py",
        "    if not in_all:\n",
        "    if True:\n",
        ("test_a_filter_that_leaves_nothing_says_so_by_name",),
    ),
    Mutant(
        "ids_broken_in_cells",
        "lenke/showing/layout.py",
        "least = [max(_longest_word(cell) for cell in column) for column in columns]\n",
        "least = [8 for _ in columns]\n",
        (
            "test_a_key_is_never_broken",
            "test_a_command_or_an_id_in_a_cell_is_never_broken",
        ),
    ),
    Mutant(
        "commands_broken_in_cells",
        "lenke/showing/layout.py",
        "    if cell_len(cell) <= width:\n        return cell\n",
        "    return cell\n",
        ("test_a_command_or_an_id_in_a_cell_is_never_broken",),
    ),
    Mutant(
        "boxes_in_a_pipe",
        "lenke/showing/layout.py",
        "    if not out.is_terminal:\n",
        "    if False:\n",
        ("test_a_pipe_gets_a_line_per_row_with_tabs_and_nothing_else",),
    ),
    Mutant(
        "a_plan_counts_what_was_done",
        "lenke/showing/show.py",
        "    if run.planned is not None:\n",
        "    if False:\n",
        ("test_a_plan_counts_what_is_planned",),
    ),
    Mutant(
        "rivals_unnamed",
        "models/inspection/findings/inspect_ambiguous.sql",
        "    where choices.source_key <> pairs.source_key\n",
        "    where false\n",
        (
            "unit:two_that_match_one_record_name_each_other_with_a_command_that_a_shell"
            "_reads",
        ),
    ),
    Mutant(
        "where_it_was_typed_unsaid",
        "models/inspection/findings/inspect_held_in_members.sql",
        "                || coalesce(', from ' || outcomes.won_by, '')\n",
        "",
        ("unit:a_held_property_shows_the_value_that_waits",),
    ),
    Mutant(
        "commands_unquoted",
        "macros/command.sql",
        "        when regexp_matches({{ word }}, '[^A-Za-z0-9_@%+=:,./~-]')\n",
        "        when false\n",
        ("unit:a_held_create_names_the_commands_with_its_own_key",),
    ),
    Mutant(
        "looking_at_rules_switches_them_on",
        "lenke/build/trial.py",
        "                warehouse.rollback()\n",
        "                warehouse.commit()\n",
        ("test_nothing_is_linked_and_nothing_kept_by_looking",),
    ),
    Mutant(
        "a_rule_that_is_off_stays_off_while_it_is_tried",
        "lenke/match/preview.py",
        "        tried.build_again(_FOLLOWS)\n    [numbers]",
        "    [numbers]",
        ("test_a_run_links_what_was_said_also_by_a_rule_that_was_off",),
    ),
    Mutant(
        "national_ids_side_by_side",
        "models/inspection/previews/inspect_match_sides.sql",
        "    where mapped_properties.kind <> 'national_id'\n",
        "",
        ("unit:an_example_shows_both_sides_in_our_spelling_and_never_a_national_id",),
    ),
    Mutant(
        "pages_believe_what_others_typed",
        "lenke/pages/page.py",
        "    autoescape=True,\n",
        "    autoescape=False,\n",
        ("test_a_page_and_json_tell_the_same_and_no_national_id",),
    ),
    Mutant(
        "cells_that_are_formulas",
        "lenke/pages/plan.py",
        '    return f"\'{text}" if text.startswith(_NOT_FIRST) else text\n',
        "    return text\n",
        ("test_no_cell_of_the_table_is_a_formula",),
    ),
)
