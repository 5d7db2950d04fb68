"""`journal compare`: stage 2 against stage 1 on files, at an author's own desk, with no account and no database."""
