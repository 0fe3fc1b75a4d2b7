"""How this app's acts read in words."""

from django.utils.translation import gettext_lazy as _

from forkopimda.audit.words import reads

reads("elections.save_election", _("{actor} menyimpan pemilihan {name}, {voting_day}"))
