"""The sections of a meeting's page: each gives its part of the template's context."""
