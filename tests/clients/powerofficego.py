"""`ds-provider-powerofficego-py-lib` of PyPI: it signs in, lists, pages, goes on.

The library only reads; what writes here goes through its signed-in session. Settings
come as JSON on stdin.
"""

import json
import sys
from typing import Any
from uuid import uuid4

from ds_provider_powerofficego_py_lib.dataset.powerofficego import (
    PowerOfficeGoDataset,
    PowerOfficeGoDatasetSettings,
    ReadSettings,
)
from ds_provider_powerofficego_py_lib.linked_service.powerofficego import (
    PowerOfficeGoLinkedService,
    PowerOfficeGoLinkedServiceSettings,
)
from ds_resource_plugin_py_lib.common.resource.dataset.errors import ReadError

settings = json.load(sys.stdin)
BASE = settings["base_url"]

service = PowerOfficeGoLinkedService(
    id=uuid4(),
    name="a published client",
    version="1",
    settings=PowerOfficeGoLinkedServiceSettings(
        application_key=settings["application_key"],
        client_id=settings["client_key"],
        subscription_key=settings["subscription_key"],
        host=BASE,
        token_endpoint=f"{BASE}/OAuth/Token",
    ),
)
service.connect()


def dataset(product: str, **read: Any) -> Any:
    """Give what the library reads a list with."""
    return PowerOfficeGoDataset(
        id=uuid4(),
        name=product,
        version="1",
        linked_service=service,
        settings=PowerOfficeGoDatasetSettings(
            data_product=product, read=ReadSettings(**read)
        ),
    )


# It lists, and counts pages as long as there is a next link.
employees = dataset("Employees", page_size=2)
employees.read()
assert sorted(employees.output["LastName"]) == [
    f"Nr {number}" for number in range(1, 6)
]

# It goes on from the newest stamp, which is not inclusive: nothing is new.
employees.read()
assert len(employees.output) == 0

# An empty list is a 204.
customers = dataset("customers", page_size=20000, fields=["Name"])
customers.read()
assert len(customers.output) == 0

# Its session creates and patches.
http = service.connection
made = http.post(
    f"{BASE}/v2/Customers",
    data=json.dumps({"Name": "Nordlys Prøvebygg AS", "EmailAddress": "a@b.example"}),
    headers={"Content-Type": "application/vnd.nordlys+json"},
).json()
patch = [
    {"op": "replace", "path": "/Name", "value": "Sørlys Prøvebygg AS"},
    {"op": "replace", "path": "/emailaddress", "value": "post@nordlys.example"},
]
patched = http.request(
    "PATCH",
    f"{BASE}/v2/customers/{made['Id']}",
    data=json.dumps(patch),
    headers={"Content-Type": "application/json-patch+json"},
).json()
assert patched["Name"] == "Sørlys Prøvebygg AS"
customers.read()
assert list(customers.output["Name"]) == ["Sørlys Prøvebygg AS"]

# A parameter that PowerOffice does not know fails there, and so it does here.
unknown, words = dataset("Employees", filters={"$top": 10}), ""
try:
    unknown.read()
except ReadError as refused:
    words = str(refused)
assert "400" in words, words or "$top was taken"
