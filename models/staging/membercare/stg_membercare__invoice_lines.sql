-- One row per item of an Invoice in Membercare that the web shop can take as a line: it
-- refuses a quantity of nothing, so such items are left out. An item has prices without
-- VAT and its VAT in money: the rate is computed.

with

source as (

    select * from {{ raw_records('membercare', 'invoices') }}

),

unfolded_items as (

    select
        record_key,
        {{ unfolded(json_array_items('record', "'$.invoiceItems'")) }} as item
    from source

),

items as (

    select
        record_key,
        {{ as_number(json_text('item', "'$.sequence'")) }} as item_sequence,
        {{ as_number(json_text('item', "'$.id'")) }} as item_id,
        {{ trimmed(json_text('item', "'$.description'")) }} as description,
        {{ as_number(json_text('item', "'$.quantity'")) }} as quantity,
        {{ as_number(json_text('item', "'$.unitPrice'")) }} as unit_price,
        {{ as_number(json_text('item', "'$.totalPrice'")) }} as total_price,
        {{ as_number(json_text('item', "'$.totalVat'")) }} as total_vat
    from unfolded_items

),

lines as (

    select
        record_key,
        row_number() over (
            partition by record_key
            order by
                item_sequence asc nulls last, item_id asc nulls last, description asc
        ) as line_number,
        coalesce(left(description, 200), 'Uten beskrivelse') as description,
        quantity,
        unit_price,
        case
            when total_price <> 0
                then
                    {{ as_number(
                        "round(100 * cast(coalesce(total_vat, 0) as double)"
                        ~ " / cast(total_price as double), 2)"
                    ) }}
            else 0
        end as vat_rate
    from items
    where quantity <> 0

),

spelt as (

    select
        lines.*,
        '{"description": ' || {{ json_quoted('description') }}
        || ', "quantity": ' || {{ json_number('quantity') }}
        || ', "unitPrice": ' || {{ json_number('unit_price') }}
        || ', "vatRate": ' || {{ json_number('vat_rate') }}
        || '}' as line
    from lines

)

select * from spelt
