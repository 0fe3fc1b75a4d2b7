"""Elections: which, where, and the voting day."""
