"""How this app's acts read in words."""

from django.utils.translation import gettext_lazy as _

from forkopimda.audit.words import reads

reads("elections.save_election", _("{actor} menyimpan pemilihan {name}, {voting_day}"))
reads("elections.save_station", _("{actor} menyimpan {name}"))
reads("elections.retire_station", _("{actor} menandai {name} tidak dipakai lagi"))
reads("elections.reuse_station", _("{actor} memakai lagi {name}"))
reads(
    "elections.store_stations",
    _("{actor} memuat daftar TPS {name} dari {source}: {added} baru, {changed} berubah"),
)
