"""Who did what: an append-only record beside every write, and how it reads in words."""
