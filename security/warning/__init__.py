"""Early warning: what is known of a kecamatan, the index computed from it, and its replay."""
