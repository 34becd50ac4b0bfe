-- One row per example whose id is not found again in its record_key.

{{ config(severity='error', tags=['examples']) }}

with

examples (record_id) as (

    values ('412'), ('7/9'), ('K:1'), ('a:b:c'), ('Bø 1'), (''), (null)

),

keyed as (

    select
        record_id,
        {{ record_key("'tidsbanken'", "'kunde'", 'record_id') }} as record_key
    from examples

),

found_again as (

    select
        keyed.*,
        {{ record_id_of('record_key') }} as found_id
    from keyed

)

select *
from found_again
where found_id is distinct from record_id
