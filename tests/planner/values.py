"""Values from small alphabets, so that they coincide, and the ways to spell them."""

import json
from random import Random

from tests.planner.spelling import Spelling

LONG = ("Fjord og fjell i nord og sør, " * 9)[:250].strip()
DAYS = ("2024-03-31", "2024-10-27", "2024-06-01", "1999-12-31")
TIMES = ("00:00:00", "02:30:00", "08:00:00", "23:59:59")

ALPHABETS: dict[str, tuple[str, ...]] = {
    "text": (
        "Ola",
        "ola",
        "OLA",
        "Åse",
        "0580",
        LONG,
        LONG[:200],
        LONG[:60],
        LONG[:50],
        LONG[:10],
        LONG[:49] + "X" + LONG[:80],
        LONG[:99] + " " + LONG[:30],
        "null",
        '"',
        "{{ x }}",
        "';drop--",
        "🙂" * 12,
        "Anne\u00adMarie",
        "Anne\u00a0Marie",
        "A\u030ase",
        "hidden",
        "*****",
        "** NY ** Fjord",
    ),
    "email": (
        "kari@fjord.example",
        "Kari@fjord.example",
        "KARI@FJORD.EXAMPLE",
        "ola@fjord.example",
        "Ola@Fjord.example",
        "ikke en adresse",
        "post@fjord",
        "to@to@fjord.no",
        "A" * 95 + "@fjord.no",
        "a" * 250 + "@fjord.no",
        "åse@fjord.example",
        "a\u030ase@fjord.example",
        "Hidden",
        "k**@fjord.example",
    ),
    "phone": (
        "+4790112233",
        "+4791223344",
        "+46701234567",
        "+12345",
        "12345",
        "ringmeg",
        "+4790112233445566778",
        "+46812345678",
        "+460812345678",
        "+442079460958",
        "+472233445512",
        "+47 22334455 (12)",
        "22334455/56",
        "00",
        "ring meg",
        "****2233",
        "xxxx",
    ),
    "organization_number": (
        "987654321",
        "876543219",
        "98765432",
        "9876543211",
        "NO987654321MVA",
        "987.654.321",
        "SE 556677-8899",
        "12345678901234567890123",
    ),
    "number": ("25", "0", "12.5", "15", "mye"),
    "boolean": ("true", "false", "ja"),
    "local_time": (*(f"{day}T{time}" for day in DAYS for time in TIMES), "snart"),
    "date": (*DAYS, "2023-02-30", "snart"),
}


def any_value(random: Random, kind: str) -> str | None:
    """Give a canonical value of a kind; now and then none."""
    if random.random() < 0.1:
        return None
    return random.choice(ALPHABETS[kind])


def spelt(random: Random, value: str | None, spelling: Spelling) -> str:
    """Give a canonical value as a person or a system may spell it, as JSON text."""
    if value is None:
        empty = ("null", "null", '""', '" "', '"\u3000"', '"\u200b"')
        if spelling.reads_empty and random.random() < 0.4:
            return written(spelling.reads_empty)
        return random.choice(empty)
    kind = spelling.kind
    if kind == "phone":
        return written(_phone(random, value))
    if kind == "organization_number" and random.random() < 0.4:
        parts = (value[:3], value[3:6], value[6:])
        glue = random.choice((" ", "\u00a0", ".", "-", "\u2011", "\u202f"))
        form = random.choice(("{}", "NO {} MVA", "NO{}MVA", " {}\u200b"))
        return written(form.format(glue.join(parts)))
    if kind == "number":
        return value if value != "mye" and random.random() < 0.7 else written(value)
    if kind == "boolean":
        return value if value != "ja" and random.random() < 0.7 else written(value)
    if kind == "local_time":
        return written(_local_time(random, value))
    if kind == "date" and value != "snart" and random.random() < 0.2:
        return written(value[:10] + random.choice(("T00:00:00Z", " 10:00")))
    if kind == "reference" and spelling.wire_type == "integer":
        return value if value.isdigit() else written(value)
    if random.random() < 0.15:
        around = random.choice((" ", "\u00a0", "\n", "\u3000", "\u200b", "\u2028"))
        return written(around + value + " ")
    if kind in ("email", "reference") and random.random() < 0.1:
        return written(value[:2] + random.choice(("\u00ad", "\u200b")) + value[2:])
    return written(value)


def written(text: str) -> str:
    """Give text as JSON text."""
    return json.dumps(text, ensure_ascii=False)


def _phone(random: Random, value: str) -> str:
    digits = value.removeprefix("+")
    spellings = [value, value[:4] + " " + value[4:6] + "-" + value[6:]]
    if value.startswith("+"):
        spellings += ["00" + digits, "00 " + digits[:2] + " " + digits[2:]]
    if value.startswith("+47") and len(value) == 11:
        spellings += [digits[2:], digits, f"{digits[2:4]} {digits[4:]}"]
        spellings += [f"{digits[2:5]}.{digits[5:]}", f"(+47) {digits[2:]}"]
        spellings += [f"{digits[2:5]}\u2011{digits[5:]}", f"\u202a{value}\u202c"]
    if value in ("+46812345678", "+460812345678"):
        spellings += ["+46 (0)8 123 456 78", "+46 08-123 456 78", "0046(0)812345678"]
    if value == "+442079460958":
        spellings += ["+44 (0)20 7946 0958"]
    if value in ("+472233445512", "+47 22334455 (12)"):
        spellings += ["+47 22334455 (12)", "+47 22334455/12", "+47 22334455-12"]
    return random.choice(spellings)


def _local_time(random: Random, value: str) -> str:
    if "T" not in value:
        return value
    spellings = [value, value + "+02:00", value + "+01:00", value + ".120", value + "Z"]
    spellings.append(value.replace("T", " "))
    if value.endswith(":00"):
        spellings.append(value[:16])
    if value.endswith("T00:00:00"):
        spellings += [value[:10], f" {value[:10]} "]
    return random.choice(spellings)
