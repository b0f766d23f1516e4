"""How sightings go from the process that sees them to the process that counts them."""
