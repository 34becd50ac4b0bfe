-- One row per touched star, group and property whose agreed value contests beside the
-- edits, because a member edited the property without having seen it. Whoever won it
-- and has edited since has seen it: their edit is the newer word.

with

edits as (

    select * from {{ ref('merge_contested_edits') }}
    where is_source or direction = 'both'

),

editors as (

    select distinct
        source_key,
        property_group,
        member_key
    from edits

),

unseen as (

    select distinct
        edits.source_key,
        edits.property_group,
        edits.property,
        edits.agreed_before,
        edits.agreed_won_by,
        edits.agreed_won_at
    from edits
    left join editors
        on
            edits.source_key = editors.source_key
            and edits.property_group = editors.property_group
            and edits.agreed_won_by = editors.member_key
    where edits.was_waiting and editors.member_key is null

)

select * from unseen
