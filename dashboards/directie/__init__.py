"""What the directie reads: the released figures of a week, a month or a school year."""
