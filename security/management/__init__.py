"""Commands of manage.py of this app."""
