-- One row per kind of record of the system: how many there are.
select
    entity,
    count(*) filter (is_there) as there,
    count(*) filter (state = 'paused') as paused,
    count(*) filter (state = 'set_aside') as set_aside,
    count(*) filter (state = 'not_listed') as not_listed,
    count(*) filter (state in ('gone', 'deleted')) as gone
from inspection.records
where system = $system
group by entity
order by entity
