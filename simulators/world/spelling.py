"""The same value, spelt as people spell it."""

from random import Random


def messy_email(email: str, random: Random) -> str:
    """Give an e-mail address as typed: mostly well, else in capitals or with blanks."""
    spellings = (
        email,
        email,
        email,
        email.upper(),
        email.capitalize(),
        f" {email}",
        f"{email}  ",
        f" {email.upper()} ",
    )
    return random.choice(spellings)


def capital_email(email: str, random: Random) -> str:
    """Give an e-mail address with or without capitals, for where blanks are refused."""
    return random.choice((email, email, email.upper(), email.capitalize()))


def messy_phone(digits: str, random: Random) -> str:
    """Give eight digits as typed: with country code, blanks, dots, or none of them."""
    pairs = " ".join(digits[place : place + 2] for place in range(0, 8, 2))
    threes = (digits[:3], digits[3:5], digits[5:])
    spellings = (
        digits,
        digits,
        f"+47{digits}",
        f"+47 {' '.join(threes)}",
        f"0047{digits}",
        f"0047 {pairs}",
        " ".join(threes),
        ".".join(threes),
        "-".join(threes),
        f" {digits} ",
    )
    return random.choice(spellings)


def spaced_organization_number(number: str, random: Random) -> str:
    """Give an organisation number, now and then with blanks between its parts."""
    spaced = f"{number[:3]} {number[3:6]} {number[6:]}"
    return spaced if random.random() < 0.2 else number
