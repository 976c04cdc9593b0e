"""What it costs to send a parcel."""

from parcels.rates import Zone, quote

__all__ = ["Zone", "quote"]
