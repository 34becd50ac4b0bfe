-- One row per value of a target that a person wants put back there, because it came
-- over a link that has ended, and that no run is done with: `put_back` when the record
-- still holds what we wrote, `waits` while it can't be seen, else why it is done:
-- `carried_out`, `superseded` (it is linked), `left` (somebody has edited it since).
-- What is decided together is put back together or not at all.

with

told as (

    select * from {{ ref('merge_put_back_values') }}

),

writes as (

    select
        writes.*,
        runs.run_number
    from {{ ref('stg_ledger__writes') }} as writes
    left join {{ ref('stg_ledger__runs') }} as runs on writes.run_id = runs.run_id
    where writes.status = 'done' and writes.operation = 'update'

),

put_back_already as (

    select distinct told.decision_id
    from told
    inner join writes
        on
            told.flow = writes.flow
            and told.source_key = writes.source_key
            and told.target_key = {{ record_key(
                'writes.system_name', 'writes.entity', 'writes.record_id'
            ) }}
            and coalesce(
                told.step < writes.run_number, told.decided_at <= writes.settled_at
            )
    where
        {{ json_value('writes.properties_after', named_path('told.name')) }}
        is not null

),

spelt as {{ once() }} (

    select
        told.*,
        put_back_already.decision_id is not null as is_back,
        {{ canonical_each(
            ['told.native', 'told.observed', 'told.decided_value'], 'told.kind'
        ) }} as spelt_values
    from told
    left join put_back_already on told.decision_id = put_back_already.decision_id

),

in_our_spelling as (

    select
        spelt.*,
        spelt_values[1] as current_value,
        spelt_values[2] as observed_value,
        case when kind <> 'reference' then spelt_values[3] end as put_back_value
    from spelt

),

judged as (

    select
        in_our_spelling.*,
        case
            when is_back then 'carried_out'
            when is_linked then 'superseded'
            when name is null then 'left'
            when not is_present then 'waits'
            when
                native is not null
                and (
                    (current_value is not distinct from observed_value)
                    or (
                        kind <> 'reference'
                        and is_delivered
                        and (current_value is not distinct from {{ stored_as(
                            'delivered', 'stored_as', 'max_length'
                        ) }})
                    )
                )
                then 'put_back'
            else 'left'
        end as outcome_alone
    from in_our_spelling

),

put_backs as (

    select
        decision_id,
        flow,
        source_key,
        target_key,
        property_group,
        property,
        name,
        json_path,
        record_version,
        native as native_before,
        decided_value as value_after,
        {{ in_star_words('put_back_value', 'stored_as') }} as delivered,
        case
            when
                outcome_alone = 'put_back'
                and bool_or(outcome_alone = 'left') over (
                    partition by flow, source_key, target_key, property_group
                )
                then 'left'
            else outcome_alone
        end as outcome
    from judged

)

select * from put_backs
