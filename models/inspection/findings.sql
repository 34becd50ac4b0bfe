{{ config(materialized="view") }}

-- One row per thing that a person should look at. An empty table means that all is
-- well. This is a view, so that what is acknowledged shows as such at once.

with

findings as (

    select * from {{ ref('inspect_findings') }}

),

concerned as (

    select * from {{ ref('inspect_concerned') }}

),

first_seen as (

    select * from {{ ref('stg_ledger__findings') }}

),

decisions as (

    select
        standing.payload_hash,
        standing.decided_at,
        standing.decided_by,
        standing.reason
    from {{ ref('stg_ledger__decisions') }} as standing
    left join {{ ref('stg_ledger__done_decisions') }} as done
        on standing.decision_id = done.decision_id
    where
        standing.kind in ('acknowledge', 'acknowledge_finding')
        and standing.payload_hash is not null
        and done.decision_id is null

),

acknowledged as (

    select
        payload_hash,
        min(decided_at) as acknowledged_at,
        {{ oldest('decided_by', 'decided_at') }} as acknowledged_by,
        {{ oldest('reason', 'decided_at') }} as acknowledged_because
    from decisions
    group by payload_hash

),

records_of_finding as (

    select
        finding_id,
        '[' || {{ text_list(
            "'{\"record_key\": ' || " ~ json_quoted('record_key')
            ~ " || ', \"record_name\": ' || " ~ json_quoted('record_name') ~ " || '}'",
            "', '", 'place'
        ) }} || ']' as records
    from concerned
    group by finding_id

),

shown as (

    select
        findings.kind,
        findings.record_key,
        findings.property,
        findings.message,
        findings.next_step,
        about.record_name,
        findings.finding_id,
        findings.reach,
        coalesce(records_of_finding.records, '[]') as records,
        findings.refusal_id,
        first_seen.first_seen_at,
        first_seen.run_id as first_seen_run_id,
        acknowledged.acknowledged_at,
        acknowledged.acknowledged_by,
        acknowledged.acknowledged_because
    from findings
    left join records_of_finding
        on findings.finding_id = records_of_finding.finding_id
    left join concerned as about
        on
            findings.finding_id = about.finding_id
            and findings.record_key = about.record_key
    left join first_seen on findings.finding_id = first_seen.finding_id
    left join acknowledged
        on
            coalesce(findings.refusal_id, findings.finding_id)
            = acknowledged.payload_hash

)

select * from shown
