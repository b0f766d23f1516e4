"""What a terminal shows of the released figures."""
