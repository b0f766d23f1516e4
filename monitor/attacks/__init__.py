"""What somebody can try with released figures: each attack as a program for a school's own."""
