-- One row per record that must be read singly before it is believed. `edit`: it shows a
-- change that nothing proves. `absent`: it is linked, and the newest complete listing
-- of its entity lacks it. A quiet run leaves this table empty. What the seeds say has
-- changed since a record was looked at (`is_looked_at_anew`: a property was off
-- meanwhile) is confirmed in portions: no stamp proves it, and it is no fault of lists.

with

unconfirmed as (

    select distinct source_key, member_key, system_name, entity
    from {{ ref('merge_sights') }}
    where is_unconfirmed

),

seed_versions as (

    select * from {{ ref('stg_seeds__versions') }}

),

record_states as (

    select record_key, seeds_version from {{ ref('stg_ledger__record_states') }}

),

limits as (

    select limit_value from {{ ref('limits') }}
    where limit_name = 'confirm_count'

),

absent as (

    select * from {{ ref('match_absent') }}
    where not is_gone

),

judged as (

    select
        unconfirmed.*,
        coalesce(record_states.seeds_version <> seed_versions.seeds_version, false)
            as is_looked_at_anew
    from unconfirmed
    left join seed_versions
        on
            split_part(unconfirmed.source_key, ':', 1) = seed_versions.source_system
            and split_part(unconfirmed.source_key, ':', 2) = seed_versions.source_entity
    left join record_states on unconfirmed.member_key = record_states.record_key

),

in_order as (

    select
        judged.*,
        row_number() over (
            partition by system_name, is_looked_at_anew order by member_key
        ) as place
    from judged

),

to_confirm as (

    select
        in_order.member_key as record_key,
        in_order.system_name,
        in_order.entity,
        {{ record_id_of('in_order.member_key') }} as record_id,
        'edit' as reason,
        in_order.is_looked_at_anew
    from in_order
    cross join limits
    where not in_order.is_looked_at_anew or in_order.place <= limits.limit_value

    union all

    select
        record_key,
        system_name,
        entity,
        record_id,
        'absent' as reason,
        false as is_looked_at_anew
    from absent

)

select * from to_confirm
