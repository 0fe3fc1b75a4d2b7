"""Pages of guards: shortage, units, postings, the printed list."""
