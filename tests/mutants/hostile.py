"""Protections against odd answers, bombs and forged references."""

from tests.mutants.mutant import Mutant

HOSTILE = (
    Mutant(
        "no_number_stops_its_page",
        "connections/http/answer.py",
        "        return self._read_by(parsed_page)\n",
        "        return self._read_by(parsed)\n",
        ("test_a_record_that_nobody_can_read_is_set_aside_alone",),
    ),
    Mutant(
        "record_of_any_size",
        "loaders/raw/rows.py",
        "    if len(text) > MOST_CHARACTERS:\n",
        "    if False:\n",
        ("test_a_record_that_nobody_can_read_is_set_aside_alone",),
    ),
    Mutant(
        "unreadable_key_proves_absence",
        "loaders/run/read.py",
        'kind=listing.kind if spooled.names_all else "changes",',
        "kind=listing.kind,",
        ("test_a_row_whose_key_cannot_be_read_proves_of_no_other_that_it_is_gone",),
    ),
    Mutant(
        "unforeseen_ends_the_run",
        "loaders/run/load.py",
        "                    stopped[name] = unforeseen(name, doing, error)\n",
        "                    raise\n",
        ("test_what_nobody_foresaw_stops_one_system_and_is_told_with_its_place",),
    ),
    Mutant(
        "unpacked_without_a_bound",
        "connections/http/receive.py",
        "self._unpack.decompress(chunk, room)",
        "self._unpack.decompress(chunk)",
        ("test_a_bomb_is_unpacked_no_further_than_the_bound",),
    ),
    Mutant(
        "any_packing_taken",
        "connections/http/receive.py",
        "        if coding not in _CODINGS:\n",
        "        if False:\n",
        ("test_a_packing_that_was_not_asked_for_is_never_unpacked",),
    ),
    Mutant(
        "packing_not_timed",
        "connections/http/receive.py",
        "                    if body.arrived and self._ticks() > until:\n",
        "                    if body._unpacked and self._ticks() > until:\n",
        ("test_a_packing_without_an_end_is_timed_as_it_arrives",),
    ),
    Mutant(
        "memory_not_weighed",
        "connections/http/exact_json.py",
        "    _check_size(text)\n",
        "",
        ("test_json_that_would_fill_the_memory_is_not_read",),
    ),
    Mutant(
        "listing_without_bounds",
        "connections/http/allowance.py",
        "        self._allowances.check()\n",
        "",
        ("test_what_is_read_for_one_purpose_has_bounds_of_time_and_size",),
    ),
    Mutant(
        "disk_filled",
        "lenke/home/disk.py",
        "    if free < settings.free_disk_gigabytes:\n",
        "    if False:\n",
        ("test_a_run_begins_nothing_on_a_disk_that_is_nearly_full",),
    ),
    Mutant(
        "reference_believed_without_proof",
        "connections/private/references.py",
        "    return bool(sign) and hmac.compare_digest(",
        "    return True or hmac.compare_digest(",
        ("test_what_lenke_did_not_write_is_not_genuine",),
    ),
    Mutant(
        "set_aside_reads_as_absent",
        "models/matching/gone/match_absent.sql",
        "    select record_key from {{ ref('stg_run__set_aside') }}\n"
        "    where record_key is not null\n",
        "    select record_key from {{ ref('stg_run__set_aside') }}\n    where false\n",
        (
            "unit:a_linked_record_that_lists_lack_is_absent_until_a_single_read_says_more",
        ),
    ),
    Mutant(
        "set_aside_is_merged",
        "models/matching/taking_part/match_records.sql",
        "        and set_aside.record_key is null\n",
        "",
        ("unit:a_record_is_there_when_it_can_be_believed",),
    ),
    Mutant(
        "stamps_of_any_year",
        "macros/meant_stamp.sql",
        "between cast('1900-01-01 00:00:00+00' as {{ type }})",
        "between cast('0001-01-01 00:00:00+00' as {{ type }})",
        ("unit:a_utc_stamp_that_nobody_can_mean_is_none",),
    ),
    Mutant(
        "typed_key_is_a_trace",
        "models/matching/recovery/match_bearers.sql",
        "        verified.record_key is not null as is_verified\n",
        "        true as is_verified\n",
        ("unit:a_key_of_a_source_on_a_record_that_the_ledger_never_made_is_borne",),
    ),
    Mutant(
        "one_trace_stops_all",
        "models/matching/recovery/match_recovery_signs.sql",
        "    where traced.records > 1 and borne.records = 0\n",
        "    where traced.records > 0 and borne.records = 0\n",
        ("unit:one_trace_or_any_number_of_typed_keys_is_no_sign_of_a_lost_ledger",),
    ),
    Mutant(
        "created_beside_a_borne_key",
        "models/matching/recovery/match_recovery_holds.sql",
        "    where not run.is_recovery and undecided.flow is null\n",
        "    where false\n",
        ("unit:nothing_is_created_beside_a_record_that_bears_its_key",),
    ),
)
