"""The whole product on one machine, for trying it: `make demo`."""

#: Password of all example accounts of a demo. README.md tells it to everybody; nothing but the
#: demo gives it to anyone.
PASSWORD = "demo-batu-bara-2024"  # noqa: S105  # meant to be known

#: Passphrase of the example examiners' keys, as well known and as much of the demo alone.
PASSPHRASE = "perahu biru singgah di pulau kecil"  # noqa: S105  # meant to be known
