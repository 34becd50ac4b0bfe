"""What a consultant writes in an afternoon: customers from Tidsbanken to PowerOffice.

    python bench/naive.py

It lists both systems, pairs their customers by e-mail, and sends the name and the
organisation number where they differ. Where both are is told as Lenke is told it
(`SOURCES__TIDSBANKEN__BASE_URL` ...). It does this job well: one connection for each
system, the largest pages that are given, one pass in memory.

What it leaves out is what Lenke is for:
- direction: an edit in PowerOffice is overwritten, and nobody hears of it;
- memory: which records belonged together yesterday, so whoever changes an e-mail
  address is another customer from then on;
- doubt: of two customers with one address the last one listed wins;
- deletions, creates, the other four systems and the other thirteen flows;
- trouble: a page that is missing, a 429, a value that is refused, a kill in between;
- an answer to "why did this change?".
"""

import os
from collections.abc import Iterator
from itertools import count
from typing import Any

import httpx2

FIELDS = {"Navn": "Name", "Organisasjonsnummer": "OrganizationNumber"}


def customers_of_tidsbanken(http: httpx2.Client) -> Iterator[dict[str, Any]]:
    """List them, 1,000 at a time."""
    for page in count():
        place: dict[str, str | int] = {"$top": 1000, "$skip": 1000 * page}
        place["$orderby"] = "SistEndretDato,Id"
        rows = http.get("/prosjekt/Kunde", params=place).raise_for_status().json()
        yield from rows["value"]
        if len(rows["value"]) < 1000:
            return


def customers_of_poweroffice(http: httpx2.Client) -> Iterator[dict[str, Any]]:
    """List them, 5,000 at a time, as the system cuts them."""
    for page in count(1):
        place: dict[str, str | int] = {"OrderBy": "Id", "PageNumber": page}
        answer = http.get("/v2/Customers", params=place).raise_for_status()
        if answer.status_code == 204:
            return
        yield from answer.json()
        if '"nextPageLink":"' not in answer.headers.get("X-Pagination", "").replace(
            '"nextPageLink":""', ""
        ):
            return


def main() -> None:
    """Sync once, and say what was sent."""
    setting = os.environ.__getitem__
    tidsbanken = httpx2.Client(
        base_url=setting("SOURCES__TIDSBANKEN__BASE_URL"),
        headers={
            "tb-key": setting("SOURCES__TIDSBANKEN__TB_KEY"),
            "Ocp-Apim-Subscription-Key": setting(
                "SOURCES__TIDSBANKEN__SUBSCRIPTION_KEY"
            ),
            "x-api-version": "3.0",
        },
    )
    subscription = setting("SOURCES__POWEROFFICEGO__SUBSCRIPTION_KEY")
    poweroffice = httpx2.Client(
        base_url=setting("SOURCES__POWEROFFICEGO__BASE_URL"),
        headers={"Ocp-Apim-Subscription-Key": subscription},
    )
    token = poweroffice.post(
        "/OAuth/Token",
        auth=(
            setting("SOURCES__POWEROFFICEGO__APPLICATION_KEY"),
            setting("SOURCES__POWEROFFICEGO__CLIENT_KEY"),
        ),
        data={"grant_type": "client_credentials"},
    ).raise_for_status()
    poweroffice.headers["Authorization"] = f"Bearer {token.json()['access_token']}"

    theirs = {
        customer["EmailAddress"].strip().lower(): customer
        for customer in customers_of_poweroffice(poweroffice)
        if customer["EmailAddress"]
    }
    listed = sent = 0
    for ours in customers_of_tidsbanken(tidsbanken):
        listed += 1
        other = theirs.get((ours["Epost"] or "").strip().lower())
        if other is None:
            continue
        patch = [
            {"op": "replace", "path": f"/{there}", "value": ours[here]}
            for here, there in FIELDS.items()
            if ours[here] != (other[there] or "")
        ]
        if patch:
            poweroffice.patch(
                f"/v2/Customers/{other['Id']}",
                json=patch,
                headers={"Content-Type": "application/json-patch+json"},
            ).raise_for_status()
            sent += 1
    print(f"{listed} and {len(theirs)} customers, {sent} sent")


if __name__ == "__main__":
    main()
