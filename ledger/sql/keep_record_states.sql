-- In which state a record was looked at; when it was written last is not the build's
-- to say.
create temporary table written as
select states.record_key, states.written_at
from ledger.record_states as states
inner join warehouse.merging.merge_ledger_record_states as changed
    on states.record_key = changed.record_key;

delete from ledger.record_states
using warehouse.merging.merge_ledger_record_states as changed
where record_states.record_key = changed.record_key;

insert into ledger.record_states
select
    changed.record_key, changed.content_hash, changed.change_stamp,
    changed.stamp_is_ours, changed.record_version, changed.seeds_version,
    changed.waits, written.written_at, $run_id as run_id
from warehouse.merging.merge_ledger_record_states as changed
left join written on changed.record_key = written.record_key;

drop table written;
