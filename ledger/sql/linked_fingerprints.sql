-- One row per record that is the target of a link: a number of 64 bits, in order.
select md5_number_lower(links.target_key) as fingerprint
from ledger.links as links
where links.ended_at is null
order by fingerprint
