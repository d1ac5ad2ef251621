"""What is kept in the process: as much as fits, of each record its own."""

from functools import partial

from data.database import reading
from data.queries.keeping import Shelf, kept_while, kept_with


def test_what_was_asked_for_longest_ago_makes_room():
    shelf = Shelf(2)
    shelf.put("first", 1)
    shelf.put("second", 2)
    shelf.get("first")

    shelf.put("third", 3)

    assert (shelf.get("first"), shelf.get("second"), shelf.get("third")) == (1, None, 3)


def test_what_is_found_is_made_once_even_if_it_is_nothing():
    shelf, made = Shelf(2), []

    for _ in range(2):
        assert shelf.find("asked", lambda: made.append(1)) is None

    assert made == [1]


def test_each_record_has_its_own(use_record, tmp_path):
    shelves = partial(Shelf, 2)
    use_record(f"sqlite:///{tmp_path}/first.db")
    with reading() as session:
        first, other = kept_with(session, shelves), kept_with(session, shelves, of="another")
    with reading() as session:
        again = kept_with(session, shelves)

    use_record(f"sqlite:///{tmp_path}/second.db")

    with reading() as session:
        assert kept_with(session, shelves) is not first
    assert again is first
    assert other is not first


def test_an_answer_holds_while_it_is_made_of_the_same(use_record, tmp_path):
    use_record(f"sqlite:///{tmp_path}/first.db")
    rows, others, made = [1], [1], []

    def asked(*made_of):
        with reading() as session:
            return kept_while(session, "asked", made_of, lambda: made.append(1) or len(made))

    assert [asked(rows), asked(rows), asked(others), asked(), asked()] == [1, 1, 2, 3, 3]


def test_what_is_dropped_is_made_anew():
    shelf = Shelf(3)
    shelf.put("kept", 1)
    shelf.put("dropped", 2)

    shelf.drop(lambda key: key == "dropped")

    assert (shelf.get("kept"), shelf.get("dropped")) == (1, None)
