"""Addresses: the examiner's desk, and the public channel."""
