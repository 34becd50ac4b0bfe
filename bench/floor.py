"""The least work that brings a listing into DuckDB: pages, JSON, hashes, a table.

    python bench/floor.py FILE.duckdb

It reads the customers of Tidsbanken and of PowerOffice, keeps each record's id, its own
text and a hash of it, and is done: no faster way in Python is known to us that ends
with the same rows. The page size and the hash are Lenke's.

What it leaves out: pages that overlap so that no record falls between two of them,
keys that are missing, records that come twice, values that nobody can read, national
ids that must not reach the disk, what was known before, and whether the listing came to
its end.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from itertools import count
from typing import Any

import duckdb
import httpx2
import pyarrow as pa

Rows = list[dict[str, Any]]


def pages_of_tidsbanken() -> Iterator[Rows]:
    """Give the pages of its customers."""
    with httpx2.Client(base_url=os.environ["SOURCES__TIDSBANKEN__BASE_URL"]) as http:
        for page in count():
            place = {"$top": 1000, "$skip": 1000 * page}
            answer = http.get("/prosjekt/Kunde", params=place).raise_for_status()
            rows: Rows = json.loads(answer.content)["value"]
            yield rows
            if len(rows) < 1000:
                return


def pages_of_poweroffice() -> Iterator[Rows]:
    """Give the pages of its customers."""
    with httpx2.Client(base_url=os.environ["SOURCES__POWEROFFICEGO__BASE_URL"]) as http:
        for page in count(1):
            answer = http.get("/v2/Customers", params={"PageNumber": page})
            if answer.raise_for_status().status_code == 204:
                return
            yield json.loads(answer.content)


def table_of(page: Rows) -> pa.Table:
    """Give the rows of a page as raw keeps them."""
    texts = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in page]
    return pa.table(
        {
            "record_id": [str(row["Id"]) for row in page],
            "record": texts,
            "content_hash": [
                hashlib.sha256(text.encode()).hexdigest()[:32] for text in texts
            ],
        }
    )


def main() -> None:
    """Land both listings, and say how many records there are."""
    landed = 0
    with duckdb.connect(sys.argv[1]) as database:
        for name, pages in (
            ("kunde", pages_of_tidsbanken()),
            ("customers", pages_of_poweroffice()),
        ):
            database.execute(
                f"create table {name} "
                "(record_id varchar, record varchar, content_hash varchar)"
            )
            for page in pages:
                if page:
                    database.register("page", table_of(page))
                    database.execute(f"insert into {name} from page")
                    landed += len(page)
    print(f"{landed} records")


if __name__ == "__main__":
    main()
