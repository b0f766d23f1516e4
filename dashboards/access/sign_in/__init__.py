"""How somebody signs in: with a password, with the school's provider, with a second factor."""
