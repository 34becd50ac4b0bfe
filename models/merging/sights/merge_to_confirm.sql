-- One row per record that must be read singly before it is believed. `edit`: it shows a
-- change that nothing proves. `absent`: it is linked, and the newest complete listing
-- of its entity lacks it. A quiet run leaves this table empty.

with

unconfirmed as (

    select distinct member_key, system_name, entity from {{ ref('merge_sights') }}
    where is_unconfirmed

),

absent as (

    select * from {{ ref('match_absent') }}
    where not is_gone

),

to_confirm as (

    select
        member_key as record_key,
        system_name,
        entity,
        {{ record_id_of('member_key') }} as record_id,
        'edit' as reason
    from unconfirmed

    union all

    select
        record_key,
        system_name,
        entity,
        record_id,
        'absent' as reason
    from absent

)

select * from to_confirm
