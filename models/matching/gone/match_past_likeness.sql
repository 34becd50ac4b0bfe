-- One row per record of a pair that has parted: whether it holds now all that it held
-- when we last looked, and whether it has at least something in common with that which
-- strangers rarely have in common.

with

lost_values as (

    select * from {{ ref('match_lost_values') }}

),

kinds as (

    select kind, is_common from {{ ref('kinds') }}

),

in_common_spelling as (

    select
        record_key,
        kind,
        native,
        {{ is_possible('observed_value', 'kind') }} as is_possible,
        {{ common_spelling('observed_value', 'kind') }} as observed_spelling,
        {{ common_spelling('current_value', 'kind') }} as current_spelling
    from lost_values

),

compared as (

    select
        *,
        (current_spelling is not distinct from observed_spelling) as is_equal
    from in_common_spelling

),

likeness as (

    select
        compared.record_key,
        bool_and(compared.native is not null and compared.is_equal)
        and bool_or(compared.is_possible) as all_equal,
        bool_or(
            case
                when compared.is_possible and not kinds.is_common
                    then compared.is_equal
            end
        ) as has_something_in_common
    from compared
    inner join kinds on compared.kind = kinds.kind
    group by compared.record_key

)

select * from likeness
