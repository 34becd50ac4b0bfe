-- What a recovery holds back because it looks like something that is there.
delete from ledger.look_alikes;

insert into ledger.look_alikes
select flow, source_key, target_key, $run_id as run_id
from warehouse.matching.match_recovery_look_alikes;
