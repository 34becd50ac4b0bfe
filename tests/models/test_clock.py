"""A rule that looks at the clock comes due: a run must know when, to build then."""

import re

from lenke.home.places import PROJECT

# Each has a row in `outbound_due`, or shows what it is asked at, whenever it is asked.
LOOK_AT_THE_CLOCK = {
    "inspect_ledger": "a view: it is asked anew",
    "inspect_odd_values": "a stamp that is ahead of its reading",
    "inspect_outranked_decisions": "a view: it is asked anew",
    "match_pauses": "a pause that ends",
    "match_reused_ids": "a stamp that is ahead of its reading",
    "merge_answers": "a stamp that is ahead of its reading",
    "merge_proofs": "a stamp that is ahead of its reading",
    "outbound_due": "says what is due",
    "outbound_good_until": "says until when",
    "outbound_payloads": "held_until_s",
    "outbound_plan_stamp": "built in every run",
    "outbound_recent_changes": "a guard that holds something",
    "outbound_units": "held_until_s",
    "stg_ledger__agreed_values": "compares two moments of the ledger",
    "stg_membercare__company_contacts": "a contact that begins or ends",
}
_LOOKS = re.compile(r"\b(?:now_utc|is_ahead)\(")


def test_every_rule_that_looks_at_the_clock_is_known_to_come_due() -> None:
    looking = {
        path.stem
        for path in (PROJECT / "models").rglob("*.sql")
        if _LOOKS.search(path.read_text(encoding="utf-8"))
    }

    new, gone = looking - LOOK_AT_THE_CLOCK.keys(), LOOK_AT_THE_CLOCK.keys() - looking

    assert not new, (
        f"{', '.join(sorted(new))} looks at the clock: give outbound_due a row that "
        "says when it comes due, then name it here"
    )
    assert not gone, f"{', '.join(sorted(gone))} does not look at the clock any more"
