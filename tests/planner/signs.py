"""The signs that count for nothing, or for a hyphen, one by one."""

BLANKS = (
    "".join(
        map(
            chr,
            [*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B)],
        )
    )
    + "\u2028\u2029\u202f\u205f\u3000"
)
UNSEEN = "\u00ad\u034f\u061c\u180e\ufeff" + "".join(
    map(chr, [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)])
)
NOTHING = BLANKS + UNSEEN
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"


def without(text: str, signs: str) -> str:
    """Give text without these signs."""
    return "".join(sign for sign in text if sign not in signs)


def seen(text: str) -> str | None:
    """Give what people see of something that names: a number, an address, an id."""
    plain = "".join("-" if sign in DASHES else sign for sign in without(text, UNSEEN))
    return plain.strip(NOTHING) or None
