"""The sensors: they see a connection, find its name, and forget the rest."""
