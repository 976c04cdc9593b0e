import pytest

from parcels import Zone, quote


@pytest.mark.parametrize(
    ("grams", "zone", "cents"),
    [
        (1, Zone.HOME, 549),
        (2_000, Zone.HOME, 549),
        (2_001, Zone.HOME, 749),
        (10_000, Zone.EU, 2_399),
        (31_500, Zone.WORLD, 10_399),
    ],
)
def test_a_parcel_costs_what_its_step_says(grams: int, zone: Zone, cents: int) -> None:
    assert quote(grams, zone) == cents


@pytest.mark.parametrize("grams", [-1, 0, 31_501])
def test_a_weight_that_nobody_carries_is_refused(grams: int) -> None:
    with pytest.raises(ValueError, match=str(grams)):
        quote(grams, Zone.HOME)
