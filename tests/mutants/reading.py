"""Protections of reading: one origin, patience, bounds, cursors, what stays private."""

from tests.mutants.mutant import Mutant

_HTTP = "tests/connections/http/test_client.py::"
_RECEIVE = "tests/connections/http/test_receive.py::"
_SIGN_IN = "tests/connections/http/test_sign_in.py::"
_FAULTS = "tests/connections/http/test_faults.py::"

_SINGLE = "tests/loaders/run/test_single.py::"
_STAMPS = "tests/loaders/run/test_stamps.py::"

READING = (
    Mutant(
        "create_repeated_after_503",
        "connections/http/judge.py",
        '    return request.method != "POST" or "Idempotency-Key" in request.headers\n',
        "    return True\n",
        (f"{_HTTP}test_a_create_that_a_system_would_not_recognise_is_never_repeated",),
    ),
    Mutant(
        "single_401_believed",
        "connections/http/sign_in.py",
        "            yield _signed(request, newer)\n",
        "            _signed(request, newer)\n",
        (
            f"{_SIGN_IN}test_a_401_that_does_not_come_again_is_passed_over_with_the_same"
            "_keys",
        ),
    ),
    Mutant(
        "cursor_in_the_future",
        "loaders/raw/rows.py",
        "newest_instant < instant <= latest:",
        "newest_instant < instant:",
        (f"{_STAMPS}test_a_stamp_of_the_future_hides_no_edit_of_others",),
    ),
    Mutant(
        "stamp_that_nobody_can_mean",
        "loaders/raw/rows.py",
        "    return newness if is_meant else None\n",
        "    return newness\n",
        (f"{_STAMPS}test_a_stamp_or_version_that_nobody_can_mean_stops_nothing",),
    ),
    Mutant(
        "origin_not_pinned",
        "connections/http/client.py",
        "        if origin(url) != self._origin or url.userinfo:\n",
        "        if url.userinfo:\n",
        (f"{_HTTP}test_a_link_to_another_origin_is_refused_before_anything_is_sent",),
    ),
    Mutant(
        "unsure_write_repeated",
        "connections/http/repeat.py",
        "if may_repeat:\n                raise TryAgain(reason)",
        "if True:\n                raise TryAgain(reason)",
        (f"{_HTTP}test_a_write_without_a_clear_answer_is_unsure_and_never_repeated",),
    ),
    Mutant(
        "write_that_failed_there_repeated",
        "connections/http/judge.py",
        "        return Verdict.TRY_AGAIN if may_repeat else Verdict.UNCLEAR\n",
        "        return Verdict.TRY_AGAIN\n",
        (f"{_HTTP}test_a_write_without_a_clear_answer_is_unsure_and_never_repeated",),
    ),
    Mutant(
        "retry_after_without_a_cap",
        "connections/http/retry.py",
        "    return error.wait is not None and error.wait > _LONGEST_WAIT\n",
        "    return False\n",
        (
            f"{_FAULTS}test_a_system_that_wants_a_year_of_patience_is_left_to_the_next_run",
        ),
    ),
    Mutant(
        "answers_without_a_cap",
        "connections/http/receive.py",
        "        if max(self.arrived, len(self._unpacked)) > self._most_bytes:\n",
        "        if False:\n",
        (
            f"{_RECEIVE}test_a_small_answer_that_unpacks_to_a_huge_one_is_not_read_to_its_end",
        ),
    ),
    Mutant(
        "refused_key_tried_again",
        "connections/http/sign_in.py",
        "            self._refusal = refusal\n",
        "",
        (f"{_SIGN_IN}test_a_refused_sign_in_is_asked_for_once_only",),
    ),
    Mutant(
        "refresh_token_not_written_before_it_is_spent",
        "connections/crmoffice.py",
        "        _keep(kept, configured=settings.refresh_token, newest=spent)\n",
        "",
        (
            "tests/connections/test_crmoffice.py::"
            "test_a_token_is_written_down_before_it_is_spent",
        ),
    ),
    Mutant(
        "refresh_token_not_stored_before_its_use",
        "connections/crmoffice.py",
        "        if refresh != spent:\n",
        "        if False:\n",
        (
            "tests/connections/test_crmoffice.py::"
            "test_the_token_is_on_disk_before_the_access_token_is_used",
        ),
    ),
    Mutant(
        "secrets_not_redacted",
        "connections/private/secrets.py",
        '            text = text.replace(spelling, "***")\n',
        "            pass\n",
        (
            "tests/connections/private/test_secrets.py::"
            "test_a_key_is_taken_out_in_every_spelling",
        ),
    ),
    Mutant(
        "identity_numbers_shown",
        "connections/private/secrets.py",
        '    return _NATIONAL_ID.sub("[eleven digits]", text)\n',
        "    return text\n",
        (
            "tests/connections/private/test_secrets.py::"
            "test_an_identity_number_is_taken_out_in_every_spelling",
        ),
    ),
    Mutant(
        "national_id_in_plain",
        "connections/private/records.py",
        "        if private and name.lower() in private\n",
        "        if False\n",
        ("tests/loaders/test_tidsbanken.py::test_personnummer_reaches_no_file",),
    ),
    Mutant(
        "private_files_readable_by_others",
        "connections/private/files.py",
        "os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)",
        "os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)",
        (
            "tests/connections/private/test_records.py::"
            "test_a_key_is_made_once_and_kept_for_its_owner_only",
        ),
    ),
    Mutant(
        "databases_readable_by_others",
        "connections/private/files.py",
        "_FOR_THE_OWNER = 0o077\n",
        "_FOR_THE_OWNER = 0o022\n",
        ("tests/lenke/home/test_lock.py::test_what_a_run_makes_is_its_owners_alone",),
    ),
    Mutant(
        "listing_loop_not_noticed",
        "loaders/listing/paging.py",
        "        if place in self._places:\n",
        "        if False:\n",
        (
            "tests/loaders/test_membercare.py::"
            "test_paging_envelope__a_link_that_leads_back_stops_the_system",
        ),
    ),
    Mutant(
        "endless_listing_not_noticed",
        "loaders/listing/paging.py",
        "        if self._stuck == _STUCK_PAGES or",
        "        if self._stuck == 99 * _STUCK_PAGES or",
        (
            "tests/loaders/run/test_faults.py::"
            "test_a_cursor_without_an_end_stops_the_system_soon",
        ),
    ),
    Mutant(
        "rows_that_move_up_are_missed",
        "loaders/listing/paging.py",
        "        if 0 < window.first < end and known.isdisjoint(ids):\n",
        "        if False:\n",
        (
            "tests/loaders/listing/test_paging.py::"
            "test_no_row_that_stays_is_missed_while_others_are_deleted",
        ),
    ),
    Mutant(
        "cursor_is_our_clock",
        "loaders/run/read.py",
        "cursor_value=_next_cursor(entity, spooled, listing)",
        "cursor_value=utc_stamp(http.runtime.clock())",
        (
            "tests/loaders/test_tidsbanken.py::test_cursor_stays_raw__"
            "a_stamp_one_hour_early_is_the_cursor_as_it_was_served",
        ),
    ),
    Mutant(
        "cursor_overtakes_the_reader",
        "loaders/run/read.py",
        "    if newest is not None and spooled.pages > 1 "
        "and not entity.in_order_of_change:\n",
        "    if False:\n",
        (
            "tests/loaders/test_crmoffice.py::"
            "test_an_edit_behind_the_reader_is_read_next_time",
        ),
    ),
    Mutant(
        "cursor_before_load",
        "loaders/raw/write.py",
        "        note_begun(warehouse, listings)\n",
        "        note_begun(warehouse, listings)\n"
        "        note_complete(warehouse, listings)\n",
        (
            "tests/loaders/run/test_killed.py::"
            "test_after_a_killed_load_the_next_one_reads_on_from_the_one_before",
        ),
    ),
    Mutant(
        "half_a_system_written",
        "loaders/run/load.py",
        "                    failures[name] = str(error)\n",
        "                    failures[name] = str(error)\n"
        "                    read[name] = SystemRead([], {})\n",
        (
            "tests/loaders/run/test_load.py::"
            "test_a_system_that_stops_halfway_leaves_raw_as_it_was_and_the_others_go_on",
        ),
    ),
    Mutant(
        "any_id_goes_into_a_filter",
        "connections/tidsbanken.py",
        "literal = _number(record_id) if",
        "literal = record_id if",
        (
            "tests/connections/test_tidsbanken.py::"
            "test_an_employees_id_that_is_no_number_gets_into_no_filter",
        ),
    ),
    Mutant(
        "web_page_judged_to_say_gone",
        "connections/http/judge.py",
        "    if status in _NOT_THERE and is_web_page(response.headers):\n",
        "    if False:\n",
        (
            "tests/connections/http/test_judge.py::test_an_answer_means_one_thing",
            f"{_SINGLE}test_a_web_page_is_not_the_word_of_the_system",
            "tests/reverse_etl/test_customwebshop.py::"
            "test_a_web_page_that_says_not_found_ends_nothing",
        ),
    ),
    Mutant(
        "web_page_of_another_type_ends_a_write",
        "connections/http/judge.py",
        '    return "html" in headers.get("Content-Type", "").lower()\n',
        '    return headers.get("Content-Type", "").startswith("text/html")\n',
        (f"{_HTTP}test_a_web_page_in_answer_to_a_write_is_unsure_whatever_its_type",),
    ),
    Mutant(
        "web_page_believed_to_say_gone",
        "loaders/listing/one.py",
        "    if answer.verdict is Verdict.GONE:\n",
        "    if answer.status in (404, 410):\n",
        (f"{_SINGLE}test_a_web_page_is_not_the_word_of_the_system",),
    ),
)
