"""Regions by Kemendagri's code, and their boundaries."""
