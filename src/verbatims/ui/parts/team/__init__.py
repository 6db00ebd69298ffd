"""Who works in the study, what each is to read, and how far they agree."""
