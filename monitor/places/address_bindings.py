"""The bindings of each address, the latest of each source first.

How one binding of an address follows another is here; whose an address is, is in `binding_table`.
"""

from collections.abc import Mapping

from monitor.places.bindings import Address, Binding, BindingSource

MAX_BINDINGS = 4
"""Of one address and source, the latest: a sighting may be a little older than an update."""

type SessionKey = tuple[BindingSource, bytes]


class AddressBindings:
    """The bindings by address, or by the name of a device's MAC address."""

    def __init__(self) -> None:
        self._by_address: dict[Address, tuple[Binding, ...]] = {}

    def copy(self) -> Mapping[Address, tuple[Binding, ...]]:
        """Return a copy that does not change."""
        return dict(self._by_address)

    def latest(self, address: Address, source: BindingSource) -> Binding | None:
        """Return the latest binding of an address by one source; None when there is none."""
        for binding in self._by_address.get(address, ()):
            if binding.source is source:
                return binding
        return None

    def bind(self, address: Address, binding: Binding) -> None:
        """Let a binding follow what its source said of an address before."""
        own, others = self._by_source(address, binding.source)
        if own and _continues(own[0], binding):
            own[0] = own[0]._replace(until=binding.until)
        else:
            own = [earlier._replace(until=min(earlier.until, binding.since)) for earlier in own]
            own.insert(0, binding)
        self._keep(address, [*own[:MAX_BINDINGS], *others])

    def unbind(self, address: Address, key: SessionKey, timestamp: float) -> None:
        """End the bindings of an address to one session."""
        self._keep(
            address,
            [
                binding._replace(until=min(binding.until, timestamp))
                if (binding.source, binding.session) == key
                else binding
                for binding in self._by_address.get(address, ())
            ],
        )

    def expire(self, oldest: float) -> bool:
        """Forget what ended before a time, and say whether anything was forgotten."""
        is_changed = False
        for address, bindings in list(self._by_address.items()):
            kept = tuple(binding for binding in bindings if binding.until > oldest)
            if len(kept) < len(bindings):
                is_changed = True
                self._store(address, kept)
        return is_changed

    def _by_source(
        self, address: Address, source: BindingSource
    ) -> tuple[list[Binding], list[Binding]]:
        """Return the bindings of an address by one source, and those by others."""
        own: list[Binding] = []
        others: list[Binding] = []
        for binding in self._by_address.get(address, ()):
            (own if binding.source is source else others).append(binding)
        return own, others

    def _keep(self, address: Address, bindings: list[Binding]) -> None:
        """Keep the bindings that last for any time, in the order in which they count."""
        kept = sorted(
            (binding for binding in bindings if binding.since < binding.until),
            key=lambda binding: (binding.source, -binding.since),
        )
        self._store(address, tuple(kept))

    def _store(self, address: Address, bindings: tuple[Binding, ...]) -> None:
        if bindings:
            self._by_address[address] = bindings
        else:
            self._by_address.pop(address, None)


def _continues(before: Binding, binding: Binding) -> bool:
    known = (before.session, before.place, before.device, before.names)
    return known == (binding.session, binding.place, binding.device, binding.names) and (
        binding.since <= before.until
    )
