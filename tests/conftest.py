"""Which tests are for every day, and in which order they run."""

import atexit
import filecmp
import os
import tempfile
from pathlib import Path

import pytest

from tests import INSTALLED, SHIPPED

# dbt makes a folder of logs where it is started, also when it logs nothing.
os.environ.setdefault(
    "DBT_LOG_PATH", str(Path(tempfile.gettempdir()) / "lenke-tests-of-dbt")
)

_SLOW = (
    *("models", "circle", "engine", "strange", "killed", "security", "lenke"),
    "planner",
)

# Whole turns of the circle take seconds each. Of these files some tests are for every
# day; the others are marked `long` and run by `make circle`.
_EVERY_DAY = {
    "tests/circle/test_answers.py": {
        "test_an_answer_that_lied_is_found_and_brings_no_old_value_back",
    },
    "tests/circle/test_conflicts.py": {
        "test_a_losing_value_that_is_restored_goes_everywhere_once",
    },
    "tests/circle/test_confirm.py": {
        "test_a_stale_list_page_never_brings_an_old_value_back",
        "test_a_record_that_paging_left_out_is_there_all_the_same",
    },
    "tests/circle/test_decisions.py": {
        "test_a_link_that_ends_before_the_run_keeps_its_value_from_being_restored",
    },
    "tests/circle/test_tenants.py": set(),
    "tests/circle/test_edits.py": {
        "test_the_newest_of_two_edits_wins_and_the_other_is_kept",
        "test_what_the_target_cannot_empty_is_held_and_found",
        "test_unmapped_members_are_equal_before_and_after",
        "test_local_times_on_the_days_the_clock_changes_never_move",
        "test_a_one_way_property_is_put_back_and_kept_as_a_conflict",
        "test_a_new_project_with_a_new_employee_arrives_with_its_owner",
    },
    "tests/circle/test_gone.py": {
        "test_a_source_that_is_gone_leaves_its_targets_alone",
        "test_a_target_marked_as_deleted_ends_its_link_and_is_undone_by_undeleting",
    },
    "tests/circle/test_gone_policies.py": {
        "test_what_was_deleted_is_deleted_unless_it_was_edited",
        "test_an_empty_listing_ends_and_deletes_nothing",
    },
    "tests/circle/test_identifiers.py": {
        "test_fillers_on_both_sides_link_nobody_and_are_one_finding_each",
    },
    "tests/circle/test_clock.py": set(),
    "tests/circle/test_missing_members.py": set(),
    "tests/circle/test_mapping_changes.py": {
        "test_a_removed_row_that_returns_brings_no_old_value_back",
    },
    "tests/circle/test_recovery.py": {
        "test_a_lost_ledger_is_recovered_without_a_double",
        "test_a_restored_backup_brings_no_old_value_back_and_doubles_nothing",
    },
    "tests/circle/test_old_pages.py": set(),
    "tests/circle/test_real_systems.py": set(),
    "tests/circle/test_refused_values.py": set(),
    "tests/circle/test_sight.py": {
        "test_what_all_records_hide_rests_until_it_is_seen_again",
    },
    "tests/lenke/run/test_mass_changes.py": {
        "test_an_import_stops_until_a_person_lets_it_pass",
        "test_most_customers_renamed_by_the_shop_go_nowhere_unseen",
    },
    "tests/circle/test_unsure_creates.py": {
        "test_a_create_that_is_applied_long_after_is_a_finding_and_not_a_third_record",
    },
    "tests/engine/test_order.py": set(),
    "tests/killed/test_runs.py": set(),
}


def pytest_report_header() -> list[str]:
    """Say that this installation's seeds are not the shipped ones: no fault."""
    names = sorted(
        {path.name for each in (INSTALLED, SHIPPED) for path in each.iterdir()}
    )
    _, differ, missing = filecmp.cmpfiles(INSTALLED, SHIPPED, names, shallow=False)
    changed = ", ".join(sorted(differ + missing))
    return (
        [
            f"seeds/ differs from the profile that Lenke ships ({changed}): the tests "
            "read tests/profile. When the shipped profile changes: make profile"
        ]
        if changed
        else []
    )


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Mark the long tests; let slow folders begin, so that no core idles at the end."""

    def place(item: pytest.Item) -> int:
        folder = item.path.parent.name
        return _SLOW.index(folder) if folder in _SLOW else len(_SLOW)

    items.sort(key=place)
    for item in items:
        file = item.path.relative_to(config.rootpath).as_posix()
        name = getattr(item, "originalname", item.name)
        if file in _EVERY_DAY and name not in _EVERY_DAY[file]:
            item.add_marker(pytest.mark.long)


def pytest_unconfigure() -> None:
    """Let the result be the last line.

    The binding of duckdb 2.0 counts at the end of a process what Python has not freed
    by then, and says so in eighty lines on stderr ("nanobind: leaked ..."): a fault of
    its own in counting references, in which nothing is lost. No setting turns it off.
    """
    atexit.register(os.dup2, os.open(os.devnull, os.O_WRONLY), 2)
