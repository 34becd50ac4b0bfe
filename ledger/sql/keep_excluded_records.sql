-- Records that the rules leave out, and since when.
delete from ledger.excluded_records as known
where not exists (
    select 1 from warehouse.matching.match_excluded_records as excluded
    where excluded.flow = known.flow and excluded.record_key = known.record_key
);

insert into ledger.excluded_records
select excluded.flow, excluded.record_key, $run_id as run_id, $now as noted_at
from warehouse.matching.match_excluded_records as excluded
left join ledger.excluded_records as known
    on excluded.flow = known.flow and excluded.record_key = known.record_key
where known.flow is null;
