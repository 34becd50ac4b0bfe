-- The record that is gone, when that ended the newest link of two records.
select gone_key
from (
    select *
    from ledger.links
    where
        flow = $flow
        and source_key = $source_key
        and target_key = $target_key
    order by established_at desc
    limit 1
) as newest
where ended_at is not null and gone_key is not null
