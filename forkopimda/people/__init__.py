"""Institutions, officials and their tenure, users, roles in regions, sign-in."""
