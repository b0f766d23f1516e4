"""What a teacher sees: her lesson, and what she allows in it."""
