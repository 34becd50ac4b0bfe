"""Protections around codes that a target has for values of the source."""

from tests.mutants.mutant import Mutant

_CODES = "unit:a_code_stands_for_what_it_was_given_else_for_what_leads_back"
_SEEDS = "models/staging/seeds/stg_seeds__"

MAPPING = (
    Mutant(
        "anothers_code_is_the_value_itself",
        "models/merging/sights/merge_sights.sql",
        "        case when is_mapped then delivered_as_stored else delivered end\n",
        "        delivered\n",
        (_CODES,),
    ),
    Mutant(
        "a_typed_code_means_what_was_delivered",
        "models/merging/sights/merge_sights.sql",
        "            when is_delivered and current_value = delivered_as_stored then "
        "delivered\n",
        "            when is_delivered then delivered\n",
        (_CODES,),
    ),
    Mutant(
        "code_without_a_row_is_an_edit",
        "models/merging/sights/merge_sights.sql",
        "                then 'unmapped'\n",
        "                then 'edited'\n",
        (_CODES,),
    ),
    Mutant(
        "code_without_a_row_is_empty",
        "macros/stored_as.sql",
        "is not null then {{ unmapped() }} end",
        "is not null then null end",
        ("unit:a_code_without_a_row_is_never_taken_for_empty",),
    ),
    Mutant(
        "code_without_a_row_was_seen",
        "models/merging/ledger/merge_ledger_observations.sql",
        "'unknown_reference', 'unmapped', 'lagging'",
        "'unknown_reference', 'lagging'",
        ("unit:a_code_without_a_row_is_an_edit_still_when_the_row_is_there",),
    ),
    Mutant(
        "changed_row_reaches_nobody",
        "models/merging/deciding/merge_fates.sql",
        "                sights.beside_delivered <> 'remapped'\n",
        "                sights.beside_delivered is not null\n",
        ("unit:what_a_former_row_gave_is_written_anew_and_what_has_no_row_is_held",),
    ),
    Mutant(
        "every_row_leads_back",
        f"{_SEEDS}value_maps.sql",
        "        ) = 1 as leads_back\n",
        "        ) > 0 as leads_back\n",
        ("unit:a_map_has_a_line_for_each_way_and_one_back_for_each_code",),
    ),
    Mutant(
        "source_is_mapped_too",
        f"{_SEEDS}mapped_properties.sql",
        "            case when sides.side = 'target' then maps.value_map end, "
        "own.stored_as\n",
        "            maps.value_map, own.stored_as\n",
        ("unit:a_map_is_the_rule_by_which_a_target_stores_a_value",),
    ),
    Mutant(
        "nobody_asks_for_a_way_back",
        "lenke/seeds/value_maps.py",
        "        if len(found) > 1 and len(back) != 1:\n",
        "        if len(found) > 1 and len(back) > 1:\n",
        ("test_rows_by_which_nobody_could_translate_are_named",),
    ),
)
