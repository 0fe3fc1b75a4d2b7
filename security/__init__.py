"""Risk levels of regions: rated by the police, kept with their history."""
