"""Arrays of numbers → the statistics of the field, named as in the literature."""
