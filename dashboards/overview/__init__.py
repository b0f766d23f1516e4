"""What is said of a week, a month or a school year: sentences, charts and tables."""
