{#- An e-mail address by which the same mailbox is found: composed, in lower case, its
    domain in ASCII. SQL has no such rule, so the profile's plugin brings the function
    `ascii_domain`; only addresses with other letters pay for it. -#}
{% macro email_key(expression) -%}
    case
        when
            regexp_matches({{ expression }}, '@.*[^\x00-\x7f]')
            or regexp_matches({{ expression }}, '(?i)[@.]xn--')
            then
                nfc_normalize(
                    lower(regexp_extract({{ expression }}, '^(.*)@', 1, 's'))
                )
                || '@'
                || ascii_domain(regexp_extract({{ expression }}, '@([^@]*)$', 1))
        else nfc_normalize(lower({{ expression }}))
    end
{%- endmacro %}
