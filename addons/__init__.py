"""The sensors: what sees a connection, reads its name, and forgets the rest."""
