"""Meetings of the forum: agenda, attendance and minutes."""
