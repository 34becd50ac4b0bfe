"""What rests because a person has said so."""

from lenke.home.places import Home
from lenke.showing.local_time import shown_in
from lenke.showing.look import ask

# A Lenke from before there were decisions has published none.
_ARE_PUBLISHED = "select 1 from duckdb_tables() where table_name = 'decisions'"
_PAUSED = """
select coalesce(flow, target_key, source_key) || ': ' || details, reason
from inspection.decisions
where kind = 'pause' and status = 'in force'
order by all
"""


def paused(home: Home) -> list[str]:
    """Say in words what is paused, until when and why."""
    if not ask(home, _ARE_PUBLISHED).rows:
        return []
    return [
        shown_in(words) + (f" ({reason})" if reason else "")
        for words, reason in ask(home, _PAUSED).rows
    ]
