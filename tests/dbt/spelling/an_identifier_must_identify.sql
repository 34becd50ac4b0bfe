-- One row per example that is taken for a possible value of its kind, or for none,
-- although it is not.

{{ config(severity='error', tags=['examples']) }}

with

examples (canonical_value, kind, expected) as (

    values
    ('kari@firma.no', 'email', true),
    ('Kari.Ås+skole@post.firma.example', 'email', true),
    ('o''neill_1@firma-as.co', 'email', true),
    ('åse@blåbær.no', 'email', true),
    ('kari@xn--blbr-roah.xn--p1ai', 'email', true),
    ('-', 'email', false),
    ('n/a', 'email', false),
    ('ukjent', 'email', false),
    ('x@', 'email', false),
    ('@firma.no', 'email', false),
    ('test@test', 'email', false),
    ('ingen@ingen', 'email', false),
    ('-@firma.no', 'email', false),
    ('kari@-.no', 'email', false),
    ('kari@firma.', 'email', false),
    ('kari@firma.e', 'email', false),
    ('kari@firma.12', 'email', false),
    ('kari@@firma.no', 'email', false),
    ('kari@firma@firma.no', 'email', false),
    ('.kari@firma.no', 'email', false),
    ('kari as@firma.no', 'email', false),
    ('a@b.no;c@d.no', 'email', false),
    ('a@b.no, c@d.no', 'email', false),
    (chr(8203), 'email', false),
    (chr(12288), 'email', false),
    ('kari' || chr(8203) || '@firma.no', 'email', false),
    ('kari' || chr(160) || 'as@firma.no', 'email', false),
    -- where a sign may stand: before the @, in the domain, at its end
    ('kari@b2b.no', 'email', true),
    ('中@例子.中国', 'email', true),
    (chr(1635) || '@' || chr(1635) || '.no', 'email', true),
    ('a' || chr(778) || '@a' || chr(778) || 's.no', 'email', true),
    ('kari@firma.XN--P1AI', 'email', true),
    ('_@firma.no', 'email', false),
    (chr(778) || '@firma.no', 'email', false),
    ('ka' || chr(10) || 'ri@firma.no', 'email', false),
    ('ka' || chr(57344) || 'ri@firma.no', 'email', false),
    ('kari@firma.no' || chr(10), 'email', false),
    ('kari@firma_as.no', 'email', false),
    ('kari@fir' || chr(8203) || 'ma.no', 'email', false),
    ('kari@firma-.no', 'email', false),
    ('kari@firma..no', 'email', false),
    ('kari@firma.n0', 'email', false),
    ('kari@firma.n' || chr(8567), 'email', false),
    ('kari@firma.no-', 'email', false),
    ('kari@firma.xn--a-', 'email', false),
    ('kari@firma.xn--å', 'email', false),
    ('+4790112233', 'phone', true),
    ('+46812345670', 'phone', true),
    ('-', 'phone', false),
    ('+', 'phone', false),
    ('00', 'phone', false),
    ('ukjent', 'phone', false),
    ('+4700000000', 'phone', false),
    ('+4799999999', 'phone', false),
    ('+4712345678', 'phone', false),
    ('90112233', 'phone', false),
    ('923609016', 'organization_number', true),
    ('310000034', 'organization_number', false),
    ('923609017', 'organization_number', false),
    ('92360901', 'organization_number', false),
    ('000000000', 'organization_number', false),
    ('999999999', 'organization_number', false),
    ('123456789', 'organization_number', false),
    ('SE5560360793', 'organization_number', false),
    ('-', 'organization_number', false),
    ('hmac:5e88', 'national_id', true),
    ('hmac:impossible', 'national_id', false),
    ('12345678901', 'national_id', false),
    ('412', 'identifier', true),
    ('0412', 'identifier', true),
    ('K1001', 'identifier', true),
    ('0', 'identifier', false),
    ('000', 'identifier', false),
    ('0.0', 'identifier', false),
    ('-1', 'identifier', false),
    ('-', 'identifier', false),
    ('.', 'identifier', false),
    ('hidden', 'identifier', false),
    ('25', 'number', true),
    ('0', 'number', false),
    ('-25', 'number', false),
    ('Ås', 'text', true),
    ('4', 'text', true),
    ('李', 'text', true),
    ('-', 'text', false),
    ('...', 'text', false),
    ('?', 'text', false),
    (chr(8203), 'text', false),
    ('false', 'boolean', true),
    ('2025-01-01', 'date', true),
    (null, 'text', false)

),

judged as (

    select
        examples.*,
        {{ is_possible('canonical_value', 'kind') }} as is_possible
    from examples

)

select *
from judged
where is_possible is distinct from expected
