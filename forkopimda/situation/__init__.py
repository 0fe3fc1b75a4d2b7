"""The top floor: the dashboard and the live stream. It reads all apps, owns no tables, writes
nothing."""
