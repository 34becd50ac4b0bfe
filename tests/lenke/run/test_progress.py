"""How far a long stage has come, in words."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from lenke.run.progress import Counter, in_words


@pytest.mark.parametrize(
    ("done", "total", "seconds", "words"),
    [
        (12_345, 101_000, 25.72, "12,345 of 101,000 writes (480/s, 3 min left)"),
        (500, 1000, 50, "500 of 1,000 writes (10/s, 50 s left)"),
        (9, 100_000, 18, "9 of 100,000 writes (0.5/s, 55.6 h left)"),
        (12_345, None, 10, "12,345 writes (1,234/s)"),
        (700, 700, 10, "700 of 700 writes (70/s)"),
        (3, 700, 0.1, "3 of 700 writes"),
        (0, 700, 30, "0 of 700 writes"),
    ],
)
def test_it_is_said_how_much_how_fast_and_how_long(
    done: int, total: int | None, seconds: float, words: str
) -> None:
    assert in_words("writes", done, total, seconds) == words


def test_who_looks_on_is_told_now_and_then_and_at_the_end() -> None:
    told: list[str] = []
    now = [100.0]
    count = Counter("writes", 1000, told.append, ticks=lambda: now[0])

    for _ in range(1000):
        count(1)
        now[0] += 0.01

    assert told[0] == "1 of 1,000 writes"
    assert told[-1] == "1,000 of 1,000 writes (100/s)"
    assert 40 <= len(told) <= 42


def test_nothing_is_lost_that_many_threads_count() -> None:
    told: list[str] = []
    count = Counter(
        "records read", None, told.append, ticks=iter(range(10**6)).__next__
    )

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda more: count(more), [3] * 32_000))

    assert told[-1].startswith("96,000 records read")
