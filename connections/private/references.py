"""The reference that a created record bears: the key of its source, and a proof.

Anybody who may edit a system can type the key of a record there. The proof is an HMAC
by the key of this installation, over the source and the kind of record that bears it,
so that a reference that Lenke did not write is told from one that it did.
"""

import hmac
from typing import Any

_SIGN = "~"
_PROOF_CHARACTERS = 20
_PURPOSE = "lenke reference"


def reference_for(source_key: str, target: str, key: bytes) -> str:
    """Give the reference of a record that is made for `source_key`.

    `target` is the kind of record that bears it, `system:entity`: nowhere else
    does it prove anything. It is the same each time, so a create may be sent again.
    """
    text = "\0".join((_PURPOSE, target, source_key.strip()))
    proof = hmac.digest(key, text.encode(errors="surrogatepass"), "sha256").hex()
    return f"{source_key.strip()}{_SIGN}{proof[:_PROOF_CHARACTERS]}"


def is_genuine(reference: Any, target: str, key: bytes) -> bool:
    """Tell whether Lenke wrote a reference, with this key, for this kind of record."""
    if not isinstance(reference, str):
        return False
    source_key, sign, _ = reference.strip().rpartition(_SIGN)
    expected = reference_for(source_key, target, key)
    return bool(sign) and hmac.compare_digest(
        reference.strip().encode(errors="surrogatepass"),
        expected.encode(errors="surrogatepass"),
    )
