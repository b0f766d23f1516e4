"""What a DNS answer gives for a name: where it points, its addresses, and what hides it."""

from addons.names.dns.answer import Answer, messages, read

__all__ = ["Answer", "messages", "read"]
