"""Protections of the ledger: on disk in time, whole, once, settled by facts."""

from tests.mutants.mutant import Mutant

REMEMBERING = (
    Mutant(
        "commit_forgotten",
        "ledger/ledger.py",
        "                self.connection.commit()\n",
        "                self.connection.rollback()\n",
        ("test_what_a_call_returned_for_survives_a_kill",),
    ),
    Mutant(
        "half_a_transaction_kept",
        "ledger/ledger.py",
        "                        self.connection.rollback()\n",
        "                        self.connection.commit()\n",
        ("test_a_transaction_that_fails_leaves_nothing_behind",),
    ),
    Mutant(
        "a_commit_that_failed_says_that_it_was_made",
        "reverse_etl/push/journal.py",
        "                future.set_exception(error)\n",
        "                future.set_result(None)\n",
        ("test_a_row_that_cannot_be_committed_stops_the_run",),
    ),
    Mutant(
        "deciding_transaction_not_atomic",
        "ledger/decide.py",
        "        with ledger.transaction() as connection:\n"
        "            for name in names:\n",
        "        for name in names:\n"
        "            with ledger.transaction() as connection:\n",
        ("test_of_decisions_that_cannot_all_be_kept_none_is",),
    ),
    Mutant(
        "receipts_folded_twice",
        "ledger/sql/unfolded.sql",
        "        where folded.write_id = receipts.write_id\n",
        "        where folded.write_id = receipts.write_id and false\n",
        ("test_a_receipt_that_was_folded_brings_no_old_value_back",),
    ),
    Mutant(
        "fold_links_what_a_person_has_linked",
        "ledger/sql/fold_links.sql",
        "            links.ended_at is null\n            and (\n",
        "            false\n            and (\n",
        ("test_a_link_that_a_person_made_meanwhile_stays",),
    ),
    Mutant(
        "adopted_record_counts_as_ours",
        "ledger/sql/newly_done.sql",
        "coalesce(receipts.matched_by = $adopted, false) as is_adopted",
        "coalesce(receipts.matched_by = $adopted, false) and false as is_adopted",
        ("test_an_adopted_record_is_linked_and_met_for_the_first_time",),
    ),
    Mutant(
        "settled_too_early",
        "reverse_etl/unsettled/open_creates.py",
        "recognised or age >= self._settle_seconds",
        "recognised or age >= 0",
        ("test_a_create_that_never_arrived_is_believed_only_after_a_while",),
    ),
    Mutant(
        "update_settled_too_early",
        "reverse_etl/unsettled/settle.py",
        'return not write.is_unsure or traits.level == "A" or age',
        "return not write.is_unsure or True or age",
        ("test_an_update_that_did_not_arrive_may_be_sent_again",),
    ),
    Mutant(
        "target_folded_into_a_second_star",
        "ledger/sql/newly_done.sql",
        "    where taken.write_id is null\n",
        "",
        (
            "test_folding_puts_no_record_into_a_second_star",
            "test_folding_two_creates_of_one_record_believes_the_first",
        ),
    ),
    Mutant(
        "property_sent_twice_stops_the_fold",
        "ledger/sql/fold_observations.sql",
        "            ) = 1\n",
        "            ) > 0\n",
        ("test_folding_a_property_that_was_sent_twice_believes_what_was_sent_last",),
    ),
    Mutant(
        "linked_record_adopted",
        "reverse_etl/unsettled/open_creates.py",
        "for key, each in keyed.items() if key not in linked}",
        "for key, each in keyed.items()}",
        ("test_a_record_that_is_linked_already_is_not_ours",),
    ),
    Mutant(
        "one_record_settles_two_creates",
        "reverse_etl/unsettled/open_creates.py",
        "                if not stored.differs and key not in self._claimed\n",
        "                if not stored.differs\n",
        ("test_two_creates_never_claim_the_same_record",),
    ),
    Mutant(
        "several_records_and_one_is_taken",
        "reverse_etl/unsettled/open_creates.py",
        "            if len(equal) == 1:\n                [(key, stored)] =",
        "            if equal:\n                (key, stored), *_ =",
        ("test_several_records_that_could_be_ours_wait_for_a_person",),
    ),
    Mutant(
        "record_of_another_create_taken_for_nearly_ours",
        "reverse_etl/unsettled/open_creates.py",
        "for key, one in left if key not in equal_ones}",
        "for key, one in left}",
        ("test_what_two_creates_made_is_not_mistaken_for_what_a_third_sent",),
    ),
    Mutant(
        "record_that_is_near_to_two_creates_is_taken",
        "reverse_etl/unsettled/open_creates.py",
        "                if could_be_of[key] == 1:\n",
        "                if key not in self._claimed:\n",
        ("test_a_record_that_two_creates_could_have_made_waits_for_a_person",),
    ),
    Mutant(
        "one_other_value_is_ours",
        "reverse_etl/unsettled/traces.py",
        "    return all(\n        could_be(",
        "    return True or all(\n        could_be(",
        ("test_a_new_record_that_is_only_much_alike_is_not_ours",),
    ),
    Mutant(
        "half_alike_is_ours",
        "reverse_etl/unsettled/traces.py",
        "    if len(intent.changes) < 3 or len(found.differs) > 1:\n",
        "    if False:\n",
        ("test_a_record_that_is_only_half_like_the_new_one_waits_for_a_person",),
    ),
    Mutant(
        "edit_of_a_new_record_taken_for_our_own",
        "reverse_etl/unsettled/traces.py",
        "    if found.created is not None and found.stamp == found.created:\n",
        "    if True:\n",
        ("test_a_person_who_edits_a_new_record_before_it_is_settled_is_heard",),
    ),
)
