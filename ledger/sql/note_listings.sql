-- Full listings that were believed.
insert into ledger.listings
select
    found.listing_id, $run_id as run_id, found.system_name, found.entity,
    timezone('UTC', cast(found.started_at as timestamp with time zone)) as started_at,
    found.records
from warehouse.raw.listings as found
inner join warehouse.matching.match_systems as systems
    on found.system_name = systems.system_name
left join ledger.listings as known
    on
        found.listing_id = known.listing_id
        and found.entity = known.entity and found.system_name = known.system_name
where
    found.kind = 'full' and found.complete and systems.is_usable
    and known.listing_id is null;
