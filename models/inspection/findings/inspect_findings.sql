-- One row per thing that a person should look at, with an id that stays as long as it
-- is the same one, whatever numbers it speaks of, and with what it stops.

with

holds as (

    select * from {{ ref('inspect_holds') }}

),

ambiguous as (

    select * from {{ ref('inspect_ambiguous') }}
    union all
    select * from {{ ref('inspect_crowds') }}

),

identifiers as (

    select * from {{ ref('inspect_identifiers') }}

),

records as (

    select * from {{ ref('inspect_records') }}

),

whole_systems as (

    select * from {{ ref('inspect_systems') }}
    union all
    select * from {{ ref('inspect_ledger') }}

),

gone as (

    select * from {{ ref('inspect_gone') }}
    union all
    select * from {{ ref('inspect_orphaned_targets') }}
    union all
    select * from {{ ref('inspect_other_keys') }}

),

sights as (

    select * from {{ ref('inspect_sight') }}

),

recovery as (

    select * from {{ ref('inspect_recovery') }}

),

refused as (

    select distinct refusal_id from {{ ref('inspect_refused') }}

),

findings as (

    select * from holds
    union all
    select * from ambiguous
    union all
    select * from identifiers
    union all
    select * from records
    union all
    select * from whole_systems
    union all
    select * from gone
    union all
    select * from sights
    union all
    select * from recovery

),

-- What many records of an entity have in common goes by `system:entity`.
told as (

    select
        *,
        {{ signs_shown('message') }} as shown_message,
        case
            when
                kind in (
                    'another_tenant', 'clock_behind', 'mass_change', 'recovery',
                    'short_hash_key', 'system_not_read', 'system_rests'
                )
                then 'system'
            when
                kind in ('missing_member', 'property_rests', 'rule_without_member')
                or record_key not like '%:%:%'
                then 'flow'
            else 'record'
        end as reach,
        {{ text_digest(
            text_digest('kind') ~ ' || ' ~ text_digest('record_key') ~ ' || '
            ~ text_digest("coalesce(property, '')") ~ ' || '
            ~ text_digest("coalesce(told_apart_by, '')")
        ) }} as digest
    from findings

),

-- Two that nothing tells apart are two all the same.
numbered as (

    select
        *,
        row_number() over (partition by digest order by message, next_step) as place
    from told

),

identified as (

    select
        case
            when numbered.place = 1 then numbered.digest
            else {{ text_digest("numbered.digest || ' ' || numbered.place") }}
        end as finding_id,
        numbered.kind,
        numbered.reach,
        numbered.record_key,
        numbered.property,
        numbered.shown_message as message,
        numbered.next_step,
        refused.refusal_id
    from numbered
    left join refused on numbered.told_apart_by = refused.refusal_id

)

select * from identified
