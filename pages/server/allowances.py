"""How often one network may ask for a change: an allowance that fills up again by itself (token bucket)."""

from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from threading import Lock
from time import monotonic

#: How many networks are remembered.
_MOST = 10_000


class Allowances:
    """So many changes a minute for each network."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """Count seconds by ``clock``."""
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, network: str, most: int) -> bool:
        """Take one from a network's allowance, which fills up to ``most`` in a minute. Return whether one was left."""
        now = self._clock()
        with self._lock:
            left, counted_at = self._left.pop(network, (float(most), now))
            left = min(float(most), left + (now - counted_at) * most / 60)
            self._left[network] = (left - 1 if left >= 1 else left, now)
            while len(self._left) > _MOST:
                self._left.popitem(last=False)
        return left >= 1


def network_of(host: str) -> str:
    """Return the address, or of IPv6 the network of 64 bits that one household has."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(IPv6Address(int(address) >> 64 << 64)) if isinstance(address, IPv6Address) else host
