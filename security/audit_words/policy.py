"""Acts on regencies' settings, in words."""

from django.utils.translation import gettext_lazy as _

from forkopimda.audit.words import reads

reads("security.save_policy", _("{actor} mengubah setelan keamanan {name}"))
