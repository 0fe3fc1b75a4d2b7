"""What an operator runs on regions."""
