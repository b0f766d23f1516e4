"""Settings that take effect on figures only once a second person has confirmed them."""
