from simulation.randomness import draw_lognormal, happens, seeded_random


def test_the_same_seed_and_subject_have_the_same_chance() -> None:
    assert seeded_random(1, "habit", 3).random() == seeded_random(1, "habit", 3).random()


def test_another_seed_or_subject_has_another() -> None:
    drawn = {
        seeded_random(seed, *subject).random() for seed, *subject in ((1, "a"), (2, "a"), (1, "b"))
    }
    assert len(drawn) == 3


def test_half_is_below_the_median_and_nothing_out_of_bounds() -> None:
    drawn = [draw_lognormal(seeded_random(1, n), 100, 0.7, 20, 300) for n in range(1_000)]
    assert 450 < sum(number < 100 for number in drawn) < 550
    assert (min(drawn), max(drawn)) == (20, 300)


def test_what_happens_never_and_what_happens_always() -> None:
    assert not any(happens(seeded_random(n), 0) for n in range(20))
    assert all(happens(seeded_random(n), 1) for n in range(20))
