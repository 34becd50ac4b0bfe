"""Protections against files, disks and queries that do more than they should."""

from tests.mutants.mutant import Mutant

FAILING = (
    Mutant(
        "damaged_is_open_elsewhere",
        "lenke/home/lock.py",
        '        if meaning_of(error) != "locked":\n',
        '        if "lock" not in first_line(error):\n',
        ("test_a_damaged_warehouse_is_not_open_elsewhere",),
    ),
    Mutant(
        "full_disk_is_a_systems_defect",
        "connections/machine/unforeseen.py",
        "    if (trouble := trouble_in(error)) is not None:\n",
        "    if (trouble := trouble_in(error)) is not None and False:\n",
        ("test_a_full_disk_is_no_systems_trouble",),
    ),
    Mutant(
        "half_a_ledger_put_in_place",
        "ledger/file.py",
        '            connection.execute("checkpoint remembered")\n',
        "",
        ("test_a_full_disk_is_told_as_that_by_the_ledger",),
    ),
    Mutant(
        "typed_query_reaches_other_files",
        "connections/machine/database.py",
        '    "enable_external_access": "false",\n',
        "",
        (
            "test_what_is_typed_reaches_no_other_file_even_as_a_plain_query",
            "test_whatever_does_more_than_read_is_refused",
        ),
    ),
    Mutant(
        "two_statements_carried_out",
        "lenke/showing/look.py",
        "        if len(statements) > 1:\n",
        "        statements = statements[-1:]\n        if False:\n",
        ("test_of_two_statements_none_is_carried_out",),
    ),
    Mutant(
        "extensions_fetched",
        "connections/machine/database.py",
        '    "autoinstall_known_extensions": "false",\n',
        "",
        (
            "test_no_connection_fetches_an_extension",
            "test_dbt_opens_the_warehouse_in_the_same_way",
        ),
    ),
    Mutant(
        "messages_not_redacted",
        "connections/http/errors.py",
        "    _told = staticmethod(told)\n",
        "    _told = staticmethod(str)\n",
        ("test_what_a_message_quotes_has_no_key_and_no_identity_number",),
    ),
    Mutant(
        "lines_without_a_run",
        "lenke/run/log.py",
        " {_Run.run_id} ",
        " ",
        ("test_every_line_bears_the_run",),
    ),
)
