"""Protections of a build: whole or not there, checked, made when called for."""

from tests.mutants.mutant import Mutant

BUILDING = (
    Mutant(
        "half_a_build_is_kept",
        "lenke/build/build.py",
        "    except BaseException:\n        warehouse.rollback()\n",
        "    except BaseException:\n        warehouse.commit()\n",
        ("test_killed_between_two_models_nothing_has_happened",),
    ),
    Mutant(
        "a_wrong_plan_is_kept",
        "lenke/build/build.py",
        "        if planned := _planned(warehouse):\n",
        "        if planned := set():\n",
        ("test_a_plan_that_sends_what_is_not_shown_is_not_kept",),
    ),
    Mutant(
        "nothing_is_built_whatever_comes_due",
        "lenke/build/build.py",
        "where coalesce(build.good_until_s > ?, true)\n",
        "where coalesce(build.good_until_s > ?, true) or true\n",
        ("test_a_contact_that_begins_later_is_built_then",),
    ),
    Mutant(
        "nothing_is_built_whatever_was_edited",
        "models/staging/stg_inputs.sql",
        "        rows_digest('records', 'read_records'),\n",
        "",
        ("test_what_somebody_edits_is_built",),
    ),
    Mutant(
        "nothing_is_built_whatever_is_told",
        "models/staging/stg_inputs.sql",
        "        rows_digest('told', 'told'),\n",
        "",
        ("test_a_setting_a_seed_and_what_a_person_lets_pass_are_built",),
    ),
    Mutant(
        "another_project_runs_what_was_compiled",
        "lenke/build/kept.py",
        "                found.update(file.read_bytes())\n",
        "",
        ("test_another_file_is_compiled_anew",),
    ),
    Mutant(
        "what_is_only_looked_up_empties_a_model",
        "lenke/build/emptiness.py",
        '            elif join.side == "" and join.kind != "ANTI":\n',
        '            elif join.kind != "ANTI":\n',
        ("test_what_is_told_of_a_query_is_so",),
    ),
    Mutant(
        "a_total_of_nothing_is_nothing",
        "lenke/build/emptiness.py",
        "            if names & self._aggregates:\n",
        "            if False:\n",
        ("test_what_is_told_of_a_query_is_so",),
    ),
    Mutant(
        "a_union_is_as_empty_as_its_first_part",
        "lenke/build/emptiness.py",
        "return _all(self.of(query.left, scope)",
        "return _any(self.of(query.left, scope)",
        ("test_a_model_that_is_said_to_have_no_rows_has_none",),
    ),
    Mutant(
        "what_has_nothing_to_come_from_stays_as_it_was",
        "lenke/build/nodes.py",
        "        if node.relation in filled:\n",
        "        if False:\n",
        ("test_what_is_renewed_is_what_is_made",),
    ),
    Mutant(
        "what_every_home_begins_with_is_a_plan",
        "reverse_etl/push/stops.py",
        '            "from outbound.plan_stamp where run_counter is not null"\n',
        '            "from outbound.plan_stamp"\n',
        ("test_it_is_no_plan_that_could_be_sent",),
    ),
    Mutant(
        "tests_about_an_entity_are_never_asked",
        "lenke/build/build.py",
        "        if check.about is not None and check.about not in planned:\n",
        "        if check.about is not None:\n",
        (
            "test_a_test_about_an_entity_to_which_nothing_is_sent_is_not_asked",
            "test_a_plan_that_sends_what_is_not_shown_is_not_kept",
        ),
    ),
    Mutant(
        "what_is_doubtful_is_decided_all_the_same",
        "lenke/build/build.py",
        "    if (doubts := doubts_in(warehouse)) is not None:\n",
        "    if (doubts := None) is not None:\n",
        ("test_a_stale_list_page_never_brings_an_old_value_back",),
    ),
)
