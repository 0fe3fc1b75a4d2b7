"""Rows of the table of rights for polling stations and guards."""

from .rows import ABSENT, REDIRECTED, Row

# {station} is the key of a station in Laut Tador, {upload} of a list that somebody else uploaded.
STATION_KEEPERS = frozenset({"election_officer", "police_approver", "administrator"})
STATION = {"pk": "{station}"}
UPLOAD = {"key": "{upload}"}

STATIONS: dict[str, list[Row]] = {
    "stations:list": [Row(), Row(query="?wilayah=12.19", elsewhere=ABSENT)],
    "stations:export": [Row(), Row(query="?wilayah=12.19", elsewhere=ABSENT)],
    "stations:add": [
        Row(allowed=STATION_KEEPERS),
        Row(allowed=STATION_KEEPERS, query="?wilayah=12.19", elsewhere=ABSENT),
    ],
    "stations:upload": [Row(allowed=STATION_KEEPERS)],
    "stations:template": [Row(allowed=STATION_KEEPERS)],
    "stations:upload-check": [Row(UPLOAD, allowed=frozenset(), hidden=STATION_KEEPERS)],
    "stations:upload-drop": [
        Row(UPLOAD, method="post", allowed=frozenset(), hidden=STATION_KEEPERS)
    ],
    "stations:upload-faults": [Row(UPLOAD, allowed=frozenset(), hidden=STATION_KEEPERS)],
    "stations:detail": [Row(STATION, elsewhere=ABSENT)],
    "stations:edit": [Row(STATION, allowed=STATION_KEEPERS, elsewhere=ABSENT)],
    "stations:retire": [
        Row(
            STATION,
            method="post",
            allowed=STATION_KEEPERS,
            status=REDIRECTED,
            elsewhere=ABSENT,
        )
    ],
    "stations:reuse": [
        Row(
            STATION,
            method="post",
            allowed=STATION_KEEPERS,
            status=REDIRECTED,
            elsewhere=ABSENT,
        )
    ],
}
# {unit} and {posting} are keys of Batu Bara's own.
POLRES = frozenset({"police_approver"})
GUARDS: dict[str, list[Row]] = {
    "guards:overview": [
        Row(),
        Row(query="?wilayah=12.19", elsewhere=ABSENT),
        Row(query="?per=besok", status=422),
    ],
    "guards:units": [Row(), Row(query="?wilayah=12.19", elsewhere=ABSENT)],
    "guards:add-unit": [
        Row(allowed=POLRES),
        Row(allowed=POLRES, query="?wilayah=12.19", elsewhere=ABSENT),
    ],
    "guards:export-units": [
        Row(),
        Row(query="?wilayah=12.19", elsewhere=ABSENT),
        Row(query="?jenis=entah", status=422),
    ],
    "guards:import-units": [
        Row(allowed=POLRES),
        Row(allowed=POLRES, method="post", status=422),
    ],
    "guards:units-template": [Row(allowed=POLRES)],
    "guards:unit": [Row({"pk": "{unit}"}, elsewhere=ABSENT)],
    "guards:edit-unit": [Row({"pk": "{unit}"}, allowed=POLRES, elsewhere=ABSENT)],
    "guards:postings": [Row(), Row(query="?hari=besok", status=422)],
    "guards:post": [
        Row(allowed=POLRES),
        Row(allowed=POLRES, query="?kecamatan=12.19.08", elsewhere=ABSENT),
        Row(
            method="post",
            allowed=POLRES,
            query="?kecamatan=12.19.08",
            status=422,
            elsewhere=ABSENT,
        ),
    ],
    "guards:free": [Row(allowed=POLRES, query="?kecamatan=12.19.08", elsewhere=ABSENT)],
    "guards:share": [Row(allowed=POLRES, query="?kecamatan=12.19.08", elsewhere=ABSENT)],
    "guards:print": [Row(), Row(query="?wilayah=12.19", elsewhere=ABSENT)],
    "guards:export": [Row(), Row(query="?wilayah=12.19", elsewhere=ABSENT)],
    "guards:posting": [Row({"pk": "{posting}"}, elsewhere=ABSENT)],
    "guards:withdraw": [Row({"pk": "{posting}"}, allowed=POLRES, elsewhere=ABSENT)],
}
