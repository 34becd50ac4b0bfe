-- One row per entity: whether this run may believe it and write to it, and if not, why.
-- Privileges are granted per endpoint: an entity that its system refuses rests alone,
-- with its flows; the system's other entities go on.

with

entities as (

    select system_name, entity from {{ ref('entities') }}

),

systems as (

    select * from {{ ref('match_systems') }}

),

-- The words begin with the name of their system, which has a column of its own.
refused as (

    select
        system_name,
        entity,
        rtrim(
            case
                when starts_with(error, system_name || ': ')
                    then substr(error, length(system_name) + 3)
                else coalesce(error, 'it is not granted')
            end, '.'
        ) as what_was_said
    from {{ ref('stg_run__entities') }}
    where outcome = 'refused'

),

judged as (

    select
        entities.system_name,
        entities.entity,
        systems.is_configured,
        systems.is_usable and refused.entity is not null as is_refused,
        systems.is_usable and refused.entity is null as is_usable,
        case
            when systems.is_usable then refused.what_was_said
            else systems.why_not
        end as why_not
    from entities
    inner join systems on entities.system_name = systems.system_name
    left join refused
        on
            entities.system_name = refused.system_name
            and entities.entity = refused.entity

)

select * from judged
