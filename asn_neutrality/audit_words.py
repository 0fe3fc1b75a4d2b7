"""How this app's acts read in words. Only auditors read them: see audit/rules.py."""

from django.utils.translation import gettext_lazy as _

from forkopimda.audit.words import reads

reads("asn_neutrality.open_case", _("{actor} mencatat perkara {number}"))
reads("asn_neutrality.dismiss_case", _("{actor} menghentikan perkara {number}"))
