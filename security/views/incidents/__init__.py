"""Pages of incidents, by subject."""
