"""How cases are sealed: keys, codes of reporters, unlocked sessions. It knows no model."""
