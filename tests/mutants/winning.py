"""Protections of who wins when several members were edited."""

from tests.mutants.mutant import Mutant

WINNING = (
    Mutant(
        "seeds_name_no_winner",
        "models/merging/deciding/merge_winners.sql",
        "                wins_by is null asc,\n",
        "",
        ("unit:who_wins_by_the_seeds_wins_whatever_the_stamps_say",),
    ),
    Mutant(
        "any_target_wins_by_the_seeds",
        "models/merging/deciding/merge_contestant_values.sql",
        "            and precedence.flow = members.flow\n",
        "",
        ("unit:where_the_seeds_say_so_the_target_of_one_flow_wins",),
    ),
    Mutant(
        "winner_by_the_seeds_is_spoken_for_in_vain",
        "models/merging/deciding/merge_contestants.sql",
        "coalesce(all_contestants.wins_by, latest_agreeing.wins_by) as wins_by",
        "all_contestants.wins_by as wins_by",
        ("unit:who_speaks_for_one_that_wins_by_the_seeds_wins_by_them_too",),
    ),
    Mutant(
        "rows_of_a_property_may_differ_about_who_wins",
        "lenke/seeds/precedence.py",
        '        if other["on_conflict"] != row["on_conflict"]:\n',
        "        if False:\n",
        ("test_rows_of_one_property_agree_about_who_wins",),
    ),
)
