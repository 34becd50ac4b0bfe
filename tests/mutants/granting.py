"""Protections where a system grants or shows less than its contract has."""

from tests.mutants.mutant import Mutant

GRANTING = (
    Mutant(
        "entity_refused_stops_its_system",
        "loaders/run/read.py",
        "            refused[entity.name] = str(error)\n",
        "            raise\n",
        ("test_two_keys_on_every_call__a_privilege_that_lacks_rests_its_entity_alone",),
    ),
    Mutant(
        "system_that_grants_nothing_counts_as_read",
        "loaders/run/read.py",
        "    if refused and not fetched:\n",
        "    if False:\n",
        ("test_two_keys_on_every_call__without_any_privilege_the_system_stops",),
    ),
    Mutant(
        "missing_privilege_only_by_403",
        "connections/http/judge.py",
        "httpx2.codes.FORBIDDEN or names_a_privilege(response.content):\n",
        "httpx2.codes.FORBIDDEN:\n",
        ("test_two_keys_on_every_call__a_privilege_that_lacks_rests_its_entity_alone",),
    ),
    Mutant(
        "missing_privilege_by_one_spelling",
        "connections/http/judge.py",
        'if str(name).lower() == "title"]',
        'if name == "Title"]',
        ("test_two_keys_on_every_call__a_privilege_that_lacks_rests_its_entity_alone",),
    ),
    Mutant(
        "refused_entity_believed",
        "models/matching/taking_part/match_entities.sql",
        "        systems.is_usable and refused.entity is null as is_usable,\n",
        "        systems.is_usable as is_usable,\n",
        ("unit:an_entity_that_its_system_does_not_grant_rests_alone",),
    ),
    Mutant(
        "refused_entity_looked_for",
        "models/matching/gone/match_absent.sql",
        "    select system_name, entity from {{ ref('match_entities') }}\n"
        "    where is_usable\n",
        "    select system_name, entity from {{ ref('match_entities') }}\n",
        (
            "unit:"
            "a_linked_record_that_lists_lack_is_absent_until_a_single_read_says_more",
        ),
    ),
    Mutant(
        "refused_entity_believed_to_say_gone",
        "models/matching/taking_part/match_gone_records.sql",
        "            and told.entity = entities.entity\n",
        "",
        ("unit:what_an_entity_at_rest_says_is_not_believed",),
    ),
    Mutant(
        "refused_entity_hammered",
        "reverse_etl/push/push.py",
        "        if not self._goes_on() or entity in self._privileges.refused:\n",
        "        if not self._goes_on():\n",
        ("test_a_record_type_that_we_may_not_write_is_tried_a_few_times_only",),
    ),
    Mutant(
        "single_403_stops_its_entity",
        "reverse_etl/push/privileges.py",
        "_FORBIDDEN_IN_A_ROW = 5\n",
        "_FORBIDDEN_IN_A_ROW = 1\n",
        ("test_a_403_on_single_records_stops_no_record_type",),
    ),
    Mutant(
        "pages_not_counted",
        "loaders/powerofficego.py",
        '{**params, "PageNumber": number}',
        "params",
        (
            "test_next_link_is_a_flag__pages_are_counted_and_a_foreign_host_is_not_"
            "asked",
        ),
    ),
    Mutant(
        "next_page_asked_for_without_contacts",
        "loaders/membercare.py",
        "params=with_ours(kept, params)",
        "params=kept",
        ("test_paging_envelope__what_was_asked_for_is_asked_for_on_every_page",),
    ),
    Mutant(
        "international_id_in_plain",
        "connections/powerofficego.py",
        '_OF_ROLES = ("NationalIdNumber", "InternationalIdNumber")\n',
        '_OF_ROLES = ("NationalIdNumber",)\n',
        ("test_identity_number_masked__in_clear_they_reach_no_file_either",),
    ),
    Mutant(
        "doctor_reads_one_entity_only",
        "lenke/commands/doctor.py",
        "for entity in source_of(name).entities if",
        "for entity in source_of(name).entities[:1] if",
        ("test_doctor_names_each_entity_that_is_not_granted",),
    ),
)
