-- One row per thing that a person should look at. An empty table means that all is
-- well.

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

named as (

    select record_key, record_name from {{ ref('records') }}

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

shown as (

    select
        findings.kind,
        findings.record_key,
        findings.property,
        {{ signs_shown('findings.message') }} as message,
        findings.next_step,
        named.record_name
    from findings
    left join named on findings.record_key = named.record_key

)

select * from shown
