-- Properties that rest, and since when. Where a system can't be told, nothing changes.
delete from ledger.resting_properties as rested
using warehouse.matching.match_systems as systems
where
    rested.system_name = systems.system_name
    and systems.is_usable
    and not exists (
        select 1 from warehouse.merging.merge_resting_properties as resting
        where
            resting.system_name = rested.system_name
            and resting.entity = rested.entity
            and resting.name = rested.name
    );

insert into ledger.resting_properties
select
    resting.system_name, resting.entity, resting.name, $run_id as run_id,
    $now as noted_at
from warehouse.merging.merge_resting_properties as resting
left join ledger.resting_properties as known
    on
        resting.system_name = known.system_name
        and resting.entity = known.entity and resting.name = known.name
where known.name is null;
