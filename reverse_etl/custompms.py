"""Write customers and projects of the project management system.

Guard       If-Match with the version that the merge saw; 412 means that it moved.
Creates     Sent twice, they make one record: Idempotency-Key and externalReference.
Empty       null. The system trims text, lower-cases e-mails and stores phones as
            E.164, and answers with what it stored.
Deletes     The mark `deletedAt`; the record stays there to be read.
Fixed       `number` and `customerNumber` cannot change once they are set.
"""

from connections.custompms import ENDPOINTS
from reverse_etl.wire import cursor_api

TRAITS = cursor_api.TRAITS

_API = cursor_api.CursorApi(ENDPOINTS)

read = _API.read
create = _API.create
update = _API.update
delete = _API.delete
created_by = _API.created_by
