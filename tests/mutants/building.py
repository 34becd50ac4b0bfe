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
        "                if _has_plan(warehouse):\n",
        "                if False:\n",
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
)
