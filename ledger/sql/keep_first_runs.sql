-- What a flow writes in its first run; when that is over, it is remembered no more.
insert into ledger.first_run_writes
select requests.flow, requests.write_key, $run_id as run_id
from warehouse.outbound.outbound_requests as requests
inner join warehouse.outbound.outbound_first_runs as first_runs
    on requests.flow = first_runs.flow
where
    first_runs.begins
    and (requests.operation = 'create' or requests.is_first_meeting);

insert into ledger.settled_flows
select flow, $now as settled_at, $run_id as run_id
from warehouse.outbound.outbound_first_runs
where is_over;

delete from ledger.first_run_writes
using warehouse.outbound.outbound_first_runs as first_runs
where first_run_writes.flow = first_runs.flow and first_runs.is_over;
