"""Protections of what is believed before a run begins: settings, keys, seeds."""

from tests.mutants.mutant import Mutant

TRUSTING = (
    Mutant(
        "near_miss_of_a_section_read_past",
        "connections/settings/names.py",
        "        elif meant := _meant(section, known):\n",
        "        elif meant := _meant((), known):\n",
        ("test_a_near_miss_in_a_file_is_refused_with_the_known_name",),
    ),
    Mutant(
        "near_miss_of_a_setting_read_past",
        "connections/settings/names.py",
        "            if key and key not in known[section]:\n",
        "            if False:\n",
        ("test_a_near_miss_in_a_file_is_refused_with_the_known_name",),
    ),
    Mutant(
        "near_miss_of_a_variable_read_past",
        "connections/settings/names.py",
        "        if near or section in known:\n",
        "        if False:\n",
        ("test_a_near_miss_in_the_environment_is_refused_with_the_known_name",),
    ),
    Mutant(
        "settings_of_the_working_directory_read",
        "connections/settings/providers.py",
        '    folder = home / ".dlt"\n',
        '    folder = Path.cwd() / ".dlt"\n',
        ("test_only_the_home_has_settings_and_what_is_not_read_is_said",),
    ),
    Mutant(
        "settings_that_others_can_write_read",
        "connections/settings/files.py",
        "    if mode & stat.S_IWOTH and not is_sticky:\n",
        "    if False:\n",
        ("test_settings_that_others_can_write_are_not_read",),
    ),
    Mutant(
        "settings_of_another_user_read",
        "connections/settings/files.py",
        "    if status.st_uid not in (0, os.geteuid()):\n",
        "    if False:\n",
        ("test_settings_of_another_user_are_not_read",),
    ),
    Mutant(
        "readable_secrets_not_told",
        "connections/settings/files.py",
        "    if status.st_mode & stat.S_IROTH:\n",
        "    if False:\n",
        ("test_secrets_that_others_can_read_are_told",),
    ),
    Mutant(
        "token_lock_waited_for_without_limit",
        "connections/private/token_lock.py",
        "_SECONDS = 60.0\n",
        "_SECONDS = 1e9\n",
        (
            "test_a_lock_that_another_process_holds_is_waited_for_no_longer_than_"
            "its_limit",
        ),
    ),
    Mutant(
        "token_lock_of_another_user_ends_every_system",
        "connections/private/token_lock.py",
        "    except (OSError, NotImplementedError) as error:\n",
        "    except NotImplementedError as error:\n",
        (
            "test_a_lock_file_of_another_user_stops_this_system_alone",
            "test_a_lock_file_that_can_not_be_had_stops_this_system_alone",
        ),
    ),
    Mutant(
        "new_hash_key_may_be_short",
        "lenke/home/hash_key.py",
        "    if known or not had_runs:\n",
        "    if False:\n",
        ("test_a_new_key_that_is_short_is_refused",),
    ),
    Mutant(
        "short_hash_key_not_told",
        "models/inspection/findings/inspect_ledger.sql",
        "    where {{ hash_key_is_short() }}\n",
        "    where false\n",
        ("unit:what_concerns_the_ledger_is_a_finding",),
    ),
    Mutant(
        "keys_of_the_encryption_logged",
        "connections/http/network.py",
        "        if os.environ.get(_KEY_LOG):\n",
        "        if False:\n",
        ("test_the_keys_of_the_encryption_are_written_down_for_nobody",),
    ),
    Mutant(
        "unknown_values_of_seeds_read",
        "lenke/seeds/rules.py",
        "    if column.accepted and value not in column.accepted:\n",
        "    if False:\n",
        ("test_a_value_that_is_not_accepted_is_named_with_what_is",),
    ),
    Mutant(
        "members_that_nobody_reads_mapped",
        "lenke/seeds/check.py",
        "        *unknown_members(tables),\n",
        "",
        ("test_a_value_that_is_not_accepted_is_named_with_what_is",),
    ),
    Mutant(
        "lost_quotes_read_past",
        "lenke/seeds/files.py",
        'newline=""), strict=True)',
        'newline=""), strict=False)',
        ("test_a_file_that_lost_its_form_is_named_with_the_row",),
    ),
    Mutant(
        "lost_limits_switch_guards_off",
        "lenke/seeds/rules.py",
        "            if value not in there:\n",
        "            if False:\n",
        ("test_a_lost_row_that_models_go_by_is_named",),
    ),
)
