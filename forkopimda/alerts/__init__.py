"""Alerts, their outbox and delivery, and who has seen them."""
