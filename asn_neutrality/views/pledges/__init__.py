"""Pages of pledges, by what a person does there."""
