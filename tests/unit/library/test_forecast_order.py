"""Rows are forecast group by group: nothing that is still needed is forgotten, and nothing is kept that is not."""

from __future__ import annotations

from pleio.library import open as open_library
from pleio.library.readouts.readouts import read_all
from pleio.library.validation.order import Kept, in_order
from pleio.library.validation.rows import Plan
from pleio.library.validation.understood import understand

PLANS = understand(IL11 := open_library("il11"), read_all(IL11)).plans


def _left_out(one: Plan) -> str:
    return one.row.source if one.row.use == "check" else ""


def _asked(one: Plan) -> set[Kept]:
    return {(side, source) for side in one.sides for source in ("", _left_out(one))}


def test_every_row_comes_once_and_what_it_asks_for_is_forgotten_once_after_its_last_use() -> None:
    came = list(in_order(PLANS, _left_out))
    assert sorted(one.row.id for one, _ in came) == sorted(one.row.id for one in PLANS)
    gone: set[Kept] = set()
    for one, over in came:
        assert not _asked(one) & gone
        assert gone.isdisjoint(over) and len(set(over)) == len(over)
        gone.update(over)
    assert gone == set().union(*map(_asked, PLANS))


def test_less_is_kept_at_once_than_in_the_order_of_the_files() -> None:
    def most(order: list[tuple[Plan, list[Kept]]]) -> int:
        kept: set[Kept] = set()
        sizes = []
        for one, over in order:
            kept |= _asked(one)
            sizes.append(len(kept))
            kept -= set(over)
        return max(sizes)

    last = {each: k for k, one in enumerate(PLANS) for each in _asked(one)}
    as_filed = [(one, [each for each in _asked(one) if last[each] == k]) for k, one in enumerate(PLANS)]
    assert 1.5 * most(list(in_order(PLANS, _left_out))) < most(as_filed)
