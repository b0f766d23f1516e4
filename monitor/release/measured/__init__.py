"""What is measured of lesson hours and days, which is what floors are held against."""
