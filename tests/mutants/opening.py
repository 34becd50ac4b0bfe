"""Protections of the console: who is let in, and what a value may do to a page."""

from tests.mutants.mutant import Mutant

OPENING = (
    Mutant(
        "a_rebound_name_is_let_in",
        "lenke/console/door.py",
        "        if address is None or not (address.is_loopback or self.password):\n",
        "        if address is not None and not address.is_loopback:\n",
        ("test_a_rebound_name_is_refused",),
    ),
    Mutant(
        "a_form_may_come_from_anywhere",
        "lenke/console/door.py",
        '        if not is_ours or origin.partition("://")[2] != host:\n',
        "        if not is_ours:\n",
        ("test_a_form_of_another_page_does_nothing",),
    ),
    Mutant(
        "what_the_browser_says_of_the_site_is_not_heard",
        "lenke/console/door.py",
        '        is_ours = site in ("none", "same-origin")\n',
        "        is_ours = bool(site)\n",
        (
            "test_a_form_of_another_page_does_nothing",
            "test_what_a_foreign_page_embeds_is_refused_and_a_link_is_followed",
        ),
    ),
    Mutant(
        "a_form_is_taken_twice",
        "lenke/console/door.py",
        "            self._open.remove(number)",
        "            set(self._open).remove(number)",
        ("test_a_form_that_was_sent_is_not_taken_again",),
    ),
    Mutant(
        "an_empty_password_opens",
        "lenke/console/door.py",
        "        if not hmac.compare_digest(_hash(password), "
        "_hash(self.password.encode())):\n",
        "        if password and not hmac.compare_digest(\n"
        "            _hash(password), _hash(self.password.encode())\n"
        "        ):\n",
        ("test_without_the_password_nobody_is_let_in",),
    ),
    Mutant(
        "others_come_in_without_a_password",
        "lenke/console/serve.py",
        "    if not password and (not is_loopback(host) or names):\n",
        "    if not password and names:\n",
        ("test_others_come_in_only_where_a_password_is_set",),
    ),
    Mutant(
        "what_nobody_sees_stays_in_a_page",
        "lenke/pages/page.py",
        "        finalize=_shown,\n",
        "",
        ("test_a_hostile_value_is_text_on_every_page",),
    ),
    Mutant(
        "values_are_html",
        "lenke/pages/page.py",
        "        autoescape=True,\n",
        "        autoescape=False,\n",
        (
            "test_a_hostile_value_is_text_on_every_page",
            "test_it_leads_nowhere_asks_for_nothing_and_has_no_form",
        ),
    ),
    Mutant(
        "a_dry_run_decides",
        "ledger/ledger.py",
        "                if self.is_trial:\n",
        "                if False:\n",
        ("test_what_will_happen_is_shown_and_then_just_that_is_done_once",),
    ),
    Mutant(
        "what_was_emptied_is_shown_as_it_was",
        "lenke/console/sql/values.sql",
        "    arg_max_null(history.value_to, history.agreed_at)",
        "    arg_max(history.value_to, history.agreed_at)",
        ("test_what_was_emptied_is_not_shown_as_it_was",),
    ),
    Mutant(
        "what_was_typed_is_an_option",
        "lenke/console/deeds.py",
        '            "--",\n',
        "",
        ("test_what_can_not_be_is_refused_in_the_words_of_the_command",),
    ),
)
