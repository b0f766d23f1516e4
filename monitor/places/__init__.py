"""Where a client is: prefixes, bindings, the attachment map, and the feeds that report them."""
