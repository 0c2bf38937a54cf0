"""The file that frontend/tests/e2ee reads is what another implementation makes of the protocol page."""

from tests.core import spoken_vectors as vectors


def test_the_file_is_what_its_maker_makes() -> None:
    assert vectors.PATH.read_text() == vectors.written(vectors.made())


def test_a_safety_number_does_not_depend_on_the_order_of_the_members() -> None:
    numbers = {case["name"]: case["number"] for case in vectors.made()["safety_numbers"]}
    assert numbers["an advocate and a survivor"] == numbers["the same two in another order"]
    assert len(set(numbers.values())) == 3
