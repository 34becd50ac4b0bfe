-- One row per touched star and value that contests a property of which nobody wins
-- until a person was asked: edits, the agreed value where somebody edited without
-- having seen it, and what was asked about before of members that can't be heard now.

with

precedence as (

    select * from {{ ref('stg_seeds__precedence') }}
    where on_conflict = 'ask'

),

sights as (

    select sights.*
    from precedence
    inner join {{ ref('merge_sights') }} as sights
        on
            precedence.property = sights.property
            and precedence.source_system = split_part(sights.source_key, ':', 1)
            and precedence.source_entity = split_part(sights.source_key, ':', 2)

),

questions as (

    select * from {{ ref('stg_ledger__questions') }}

),

edited as (

    select * from sights
    where sight = 'edited' and (is_source or direction = 'both')

),

-- As in merge_unseen_agreed, which knows what people answered as well.
unseen as (

    select distinct
        edited.source_key,
        edited.property_group,
        edited.property,
        edited.agreed_before
    from edited
    left join edited as editors
        on
            edited.source_key = editors.source_key
            and edited.property_group = editors.property_group
            and edited.agreed_won_by = editors.member_key
    where
        edited.has_agreed
        and (
            not edited.is_delivered
            or edited.delivered is distinct from edited.agreed_before
        )
        and editors.member_key is null

),

asked as (

    select
        source_key,
        property_group,
        property,
        member_key,
        system_name,
        value_for_star as asked_value,
        true as is_heard
    from edited

    union all

    select
        source_key,
        property_group,
        property,
        'lenke:agreed' as member_key,
        'lenke' as system_name,
        agreed_before as asked_value,
        true as is_heard
    from unseen

    union all

    select
        sights.source_key,
        sights.property_group,
        sights.property,
        sights.member_key,
        sights.system_name,
        questions.asked_value,
        false as is_heard
    from questions
    inner join sights
        on
            questions.source_key = sights.source_key
            and questions.property = sights.property
            and questions.member_key = sights.member_key
    where
        sights.sight in (
            'absent', 'in_no_record', 'resting', 'masked', 'unreadable', 'not_shown',
            'lagging', 'unproven'
        )

)

select * from asked
