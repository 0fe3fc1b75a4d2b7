"""Knows no domain: guarded models, actions, authority, queue, live stream, forms, dates."""
