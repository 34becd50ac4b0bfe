-- One row per flow whose references go in a circle: no order could write them.

{{ config(severity='error') }}

select
    flow,
    flow_level
from {{ ref('match_flows') }}
where flow_level >= 20
