"""Who may have a record as a new target: nobody, once it is another source's."""

import pytest

from ledger.ledger import Ledger
from reverse_etl.push.claims import Claims

RECORD, OURS = "customwebshop:customer:7", ("flow", "tidsbanken:kunde:1")


@pytest.mark.parametrize(
    ("linked", "may_have_it"),
    [
        ((*OURS, RECORD, None), True),
        (("flow", "tidsbanken:kunde:2", RECORD, None), False),
        (("flow", "tidsbanken:kunde:2", RECORD, "2025-03-03"), True),
        (("other flow", OURS[1], RECORD, None), False),
        (("flow", "tidsbanken:kunde:2", "customwebshop:customer:77", None), True),
    ],
)
def test_a_record_is_claimed_unless_a_link_gives_it_to_another(
    ledger: Ledger, linked: tuple[str | None, ...], may_have_it: bool
) -> None:
    with ledger.transaction() as connection:
        connection.execute(
            "insert into ledger.links (flow, source_key, target_key, ended_at, "
            "matched_by, established_at, established_run_id) "
            "values (?, ?, ?, ?, 'rule', timestamp '2025-03-02', 'run')",
            linked,
        )

    assert Claims(ledger).claim(RECORD, *OURS) is may_have_it


def test_a_record_of_this_push_is_claimed_for_one_source(ledger: Ledger) -> None:
    claims = Claims(ledger)

    assert claims.claim(RECORD, *OURS)
    assert claims.claim(RECORD, *OURS)
    assert not claims.claim(RECORD, "flow", "tidsbanken:kunde:2")


def test_one_record_is_found_among_many(ledger: Ledger) -> None:
    with ledger.transaction() as connection:
        connection.execute(
            "insert into ledger.links (flow, source_key, target_key, matched_by, "
            "established_at, established_run_id) select 'flow', 's:e:' || number, "
            "'t:e:' || number, 'rule', timestamp '2025-03-02', 'run' "
            "from range(9000) as numbers (number)"
        )
    claims = Claims(ledger)

    taken = [
        number for number in range(9010) if not claims.claim(f"t:e:{number}", *OURS)
    ]

    assert taken == list(range(9000))
