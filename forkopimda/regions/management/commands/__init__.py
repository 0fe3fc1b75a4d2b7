"""Commands of manage.py: load_regions, load_boundaries, make_schematic."""
