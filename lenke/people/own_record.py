"""A person's word that a source record is to have a target record of its own."""

from connections.http.errors import ConfigurationError
from ledger.ledger import Ledger
from lenke.home.places import Home
from lenke.people.decided import Decision, write_down
from lenke.people.links import flows_by_name, pair_of
from lenke.people.to_be import Pair
from lenke.showing.meant import check_there


def source_of(flow: str, source: str) -> Pair:
    """Read a source record as a person types it; the pair's target says nothing.

    Raises ConfigurationError for an unknown flow, one that creates nothing, or a record
    of another entity.
    """
    pair = pair_of(flow, source, "-")
    if flows_by_name()[flow]["mode"] != "create":
        raise ConfigurationError(
            f"{flow} only matches: nothing is created in it. Create the record there, "
            f"then say: lenke link {flow} {pair.source_key} TARGET"
        )
    return pair


def create(ledger: Ledger, pair: Pair, reason: str | None) -> str:
    """Decide that a source record is another one, whatever it looks like.

    The next sync creates its target record. Raises ConfigurationError when it has one,
    or when there is no such record.
    """
    for (target_key,) in ledger.ask(
        "links_of_source", flow=pair.flow, source_key=pair.source_key
    ):
        raise ConfigurationError(
            f"{pair.source_key} is linked already: with {target_key} in {pair.flow}. "
            f"End that first: lenke unlink {pair.flow} {pair.source_key} {target_key}"
        )
    check_there(Home(ledger.path.parent), pair.source_key)
    write_down(ledger, [Decision("create", pair.source_key, flow=pair.flow)], reason)
    return (
        f"{pair.source_key} is to have a record of its own in {pair.flow}: the next "
        "sync creates it. `lenke plan` shows what it would write."
    )
