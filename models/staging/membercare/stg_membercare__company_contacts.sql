-- One row per e-mail address or phone number of a Company in Membercare, past and
-- coming ones too. They are only ever added there, so several may be valid at once: in
-- force is the one that started last of those that have started and not ended. All by
-- the clock in Norway, as Membercare says it.

with

source as (

    select * from {{ raw_records('membercare', 'companies') }}

),

items as (

    select
        record_key,
        {{ unfolded(json_array_items('record', "'$.contacts'")) }} as item
    from source

),

contacts as (

    select
        record_key,
        {{ as_number(json_text('item', "'$.id'")) }} as contact_id,
        {{ json_text('item', "'$.value'") }} as contact_value,
        case
            when {{ json_text('item', "'$.type'") }} in ('1', '2') then 'email'
            when {{ json_text('item', "'$.type'") }} in ('3', '4') then 'phone'
        end as means,
        try_cast({{ json_text('item', "'$.start'") }} as timestamp) as starts_at,
        try_cast({{ json_text('item', "'$.end'") }} as timestamp) as ends_at
    from items

),

dated as (

    select
        contacts.*,
        coalesce(starts_at <= {{ oslo_clock(now_utc()) }}, true)
        and coalesce(ends_at > {{ oslo_clock(now_utc()) }}, true) as is_valid
    from contacts
    where means is not null

),

ranked as (

    select
        dated.*,
        row_number() over (
            partition by record_key, means, is_valid
            order by
                starts_at desc nulls last,
                contact_id desc nulls last,
                contact_value asc nulls last
        ) as newest_first
    from dated

),

contacts_and_force as (

    select
        record_key,
        contact_id,
        means,
        contact_value,
        starts_at,
        ends_at,
        is_valid and newest_first = 1 as is_in_force
    from ranked

)

select * from contacts_and_force
