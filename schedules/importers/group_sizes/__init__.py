"""How many pupils each group has, from what a school's administration exports: counts only."""
