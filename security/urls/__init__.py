"""Addresses of this app, by subject."""
