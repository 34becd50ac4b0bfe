-- One row per Invoice in Membercare: what we derive from it. A member that the record
-- lacks is lacking here too, and so says nothing.
-- A table: unfolding the items once a build is dear enough.

with

source as (

    select * from {{ raw_records('membercare', 'invoices') }}

),

invoice_lines as (

    select * from {{ ref('stg_membercare__invoice_lines') }}

),

lines_per_invoice as (

    select
        record_key,
        '[' || {{ text_list('line', "', '", 'line_number') }} || ']' as lines
    from invoice_lines
    group by record_key

),

members as (

    select
        record_key,
        {{ json_value('record', "'$.payer'") }} as payer,
        {{ json_value('record', "'$.invoiceItems'") }} is not null as has_items
    from source

),

-- A person who pays is a guest in the shop. Whom an organization's number stands for
-- can't be told: it gets an id that translates to nothing, so the reference is held.
payers as (

    select
        record_key,
        has_items,
        payer is not null as has_payer,
        case
            when coalesce(payer, 'null') = 'null' then null
            when {{ json_text('payer', "'$.memberType'") }} = '1' then null
            when {{ json_text('payer', "'$.memberType'") }} = '2'
                then
                    coalesce(
                        {{ json_text('payer', "'$.debtorAccountNumber'") }},
                        'company/unknown'
                    )
            else
                'organization/'
                || coalesce(
                    {{ json_text('payer', "'$.debtorAccountNumber'") }}, 'unknown'
                )
        end as payer
    from members

),

facts as (

    select
        payers.record_key,
        payers.payer,
        lines_per_invoice.lines,
        '{' || concat_ws(
            ', ',
            case
                when payers.has_payer
                    then '"payer": ' || {{ json_quoted('payers.payer') }}
            end,
            case
                when payers.has_items
                    then '"lines": ' || coalesce(lines_per_invoice.lines, '[]')
            end
        ) || '}' as derived_facts
    from payers
    left join lines_per_invoice on payers.record_key = lines_per_invoice.record_key

)

select * from facts
