from addons.simulation.chance import chance


def test_the_same_seed_and_subject_have_the_same_chance() -> None:
    assert chance(1, "habit", 3).random() == chance(1, "habit", 3).random()


def test_another_seed_or_subject_has_another() -> None:
    drawn = {chance(seed, *about).random() for seed, *about in ((1, "a"), (2, "a"), (1, "b"))}
    assert len(drawn) == 3
