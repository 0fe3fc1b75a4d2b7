"""Pages of polling stations, by what a person does there."""
