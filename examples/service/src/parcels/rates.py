"""The price list. Prices are in cents, weights in grams."""

from enum import Enum

MAX_GRAMS = 31_500


class Zone(Enum):
    """Where the parcel goes."""

    HOME = "home"
    EU = "eu"
    WORLD = "world"


_STEPS: dict[Zone, tuple[tuple[int, int], ...]] = {
    Zone.HOME: ((2_000, 549), (5_000, 749), (10_000, 1_049), (MAX_GRAMS, 1_999)),
    Zone.EU: ((2_000, 1_390), (5_000, 1_799), (10_000, 2_399), (MAX_GRAMS, 4_599)),
    Zone.WORLD: ((2_000, 2_249), (5_000, 4_699), (10_000, 6_299), (MAX_GRAMS, 10_399)),
}


def quote(grams: int, zone: Zone) -> int:
    """Return the price of a parcel.

    Raises ValueError for a weight that nobody carries.
    """
    if not 0 < grams <= MAX_GRAMS:
        raise ValueError(f"a parcel weighs 1 to {MAX_GRAMS} grams, not {grams}")
    return next(cents for limit, cents in _STEPS[zone] if grams <= limit)
