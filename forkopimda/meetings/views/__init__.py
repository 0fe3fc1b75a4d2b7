"""Pages of meetings, by what a person does there."""
