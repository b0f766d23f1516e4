"""Which of a school's files each service of Lesrust may read or write, and gives them that."""
