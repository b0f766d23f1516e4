"""The web application as a whole: its addresses, its sockets and what it says when it fails."""
