"""Protections of whoever looks from time to time, and of what is kept for bad days."""

from tests.mutants.mutant import Mutant

STANDING = (
    Mutant(
        "a_check_is_always_well",
        "lenke/commands/home.py",
        "    if check and code:\n",
        "    if False:\n",
        ("test_a_check_ends_by_what_stands",),
    ),
    Mutant(
        "never_too_old",
        "lenke/showing/status.py",
        'if max_age is not None and now - self.last_success["finished_at"] > max_age:',
        "if False:",
        ("test_what_is_too_old_or_has_never_been_is_1_whatever_stands",),
    ),
    Mutant(
        "a_dead_run_is_not_told",
        "lenke/showing/status.py",
        "        died=(running or _unfinished(runs)) if is_free else None,\n",
        "        died=None,\n",
        ("test_a_run_that_died_is_known_before_the_next_one",),
    ),
    Mutant(
        "a_refusal_is_forgotten_overnight",
        "lenke/people/refusals.py",
        "    if unseen:\n",
        "    if False:\n",
        ("test_a_refusal_that_waits_makes_a_run_partly_done_until_it_is_acknowledged",),
    ),
    Mutant(
        "an_acknowledged_refusal_counts",
        "lenke/people/refusals.py",
        '    return bool(refused - set(ledger.ask("acknowledged_refusals")))\n',
        "    return bool(refused)\n",
        ("test_what_was_refused_again_is_no_news_once_it_is_acknowledged",),
    ),
    Mutant(
        "what_is_acknowledged_covers_other_values",
        "models/inspection/refusals.sql",
        "acknowledged on refused.refusal_id = acknowledged.payload_hash\n",
        "acknowledged on true\n",
        ("unit:a_refusal_stands_until_a_person_acknowledges_it",),
    ),
    Mutant(
        "the_key_is_in_every_backup",
        "lenke/home/backup.py",
        "key if with_key else None",
        "key",
        ("test_a_backup_is_its_owners_alone_and_has_neither_key_nor_sign_in",),
    ),
    Mutant(
        "a_damaged_backup_is_restored",
        "lenke/home/restore.py",
        '    if read != said["bytes"] or digest.hexdigest() != said["sha256"]:\n',
        "    if False:\n",
        ("test_a_damaged_backup_restores_nothing",),
    ),
    Mutant(
        "a_restore_replaces_a_ledger",
        "lenke/home/restore.py",
        "        if each.exists():\n            raise ConfigurationError(\n",
        "        if False:\n            raise ConfigurationError(\n",
        ("test_a_home_with_a_ledger_keeps_it",),
    ),
    Mutant(
        "a_restore_forgets_what_knows_of_later_steps",
        "lenke/home/restore.py",
        "    if contradiction(told, here) is None:\n",
        "    if True:\n",
        ("test_what_knows_of_a_later_step_makes_the_restored_ledger_an_old_one",),
    ),
)
