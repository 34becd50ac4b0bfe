"""Whether a value could be what a system made of the one that it was sent.

Only for telling records apart; what such a value means for the star, the models decide.
"""

from typing import Any


def could_be(stored: Any, sent: Any) -> bool:
    """Say whether a stored value is the sent one, whole or cut, in any spelling.

    Blanks, signs and capitals don't count. One that is not there is no spelling of one
    that was sent.
    """
    kept, whole = _bare(stored), _bare(sent)
    return kept in whole if kept else not whole


def _bare(value: Any) -> str:
    text = "" if value is None else str(value)
    return "".join(sign for sign in text.casefold() if sign.isalnum())
