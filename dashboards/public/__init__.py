"""What everyone can read: what is measured and what is not, and how accessible the pages are."""
