-- One row per Company in Membercare whose contacts were served: how it can be reached
-- now.
-- A table: `now` must be the same instant for everything that is built from it.

with

source as (

    select * from {{ raw_records('membercare', 'companies') }}

),

contacts_in_force as (

    select * from {{ ref('stg_membercare__company_contacts') }}
    where is_in_force

),

means as (

    select
        record_key,
        max(case when means = 'email' then contact_value end) as email,
        max(case when means = 'phone' then contact_value end) as phone
    from contacts_in_force
    group by record_key

),

-- A listing without contacts says nothing about them: then nothing is derived.
companies_with_contacts as (

    select record_key
    from source
    where {{ json_value('record', "'$.contacts'") }} is not null

),

company_means as (

    select
        companies_with_contacts.record_key,
        means.email,
        means.phone,
        '{"email": ' || {{ json_quoted('means.email') }}
        || ', "phone": ' || {{ json_quoted('means.phone') }} || '}' as derived_facts
    from companies_with_contacts
    left join means on companies_with_contacts.record_key = means.record_key

)

select * from company_means
