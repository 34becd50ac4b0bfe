{{ config(severity="error") }}

-- One row per entity whose records may get another key although they are sources: a
-- source's key is the name of its star, and everything is remembered by it.

select
    entities.system_name,
    entities.entity
from {{ ref('entities') }} as entities
where entities.stable_id_part is not null and entities.role <> 'target'
