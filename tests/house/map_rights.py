"""Rows of the table of rights for the map's layers."""

from .rows import ABSENT, SIGNED_OUT, Row

WRONG = 400


def layer(key: str) -> list[Row]:
    """Everybody with a role reads a layer of their own region, and of no other."""
    whose = {"anonymous": SIGNED_OUT, "no_role": ABSENT}
    return [
        Row({"key": key}, **whose),
        Row({"key": key}, query="?wilayah=12.19&z=12", elsewhere=ABSENT, **whose),
        Row({"key": key}, query="?wilayah=", status=ABSENT, **whose),
    ]


MAP: dict[str, list[Row]] = {
    "situation:layers": [Row(anonymous=SIGNED_OUT, no_role=ABSENT)],
    "situation:layer": [
        *layer("tingkat"),
        *layer("perubahan"),
        *layer("insiden"),
        *layer("tps"),
        *layer("pengamanan"),
        *layer("tindak-lanjut"),
        Row(
            {"key": "tingkat"},
            query="?kotak=9,9,1,1",
            status=WRONG,
            anonymous=SIGNED_OUT,
            no_role=ABSENT,
        ),
        Row({"key": "lain"}, status=ABSENT, anonymous=SIGNED_OUT, no_role=ABSENT),
    ],
}
