"""The tests read the profile that Lenke ships from a copy of it, `tests/profile`.

Whoever switches a rule on in `seeds/` has changed their installation, not the product.
What must hold of any seeds is tested on the actual ones (`INSTALLED`).
"""

import os
from pathlib import Path

INSTALLED = Path(__file__).parents[1] / "seeds"
SHIPPED = Path(__file__).parent / "profile"

os.environ["LENKE_SEEDS"] = "tests/profile"
