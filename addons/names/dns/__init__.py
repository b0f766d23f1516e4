"""DNS answers: where a name points, its addresses, and what hides it."""

from addons.names.dns.answer import DnsAnswer, parse_answer, split_messages

__all__ = ["DnsAnswer", "parse_answer", "split_messages"]
