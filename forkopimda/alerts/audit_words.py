"""How this app's acts read in words."""

from django.utils.translation import gettext_lazy as _

from forkopimda.audit.words import reads

reads("alerts.raise_alert", _("{actor} mengeluarkan peringatan “{headline}” untuk {count} orang"))
reads("alerts.acknowledge", _("{actor} menyatakan telah mengetahui peringatan “{headline}”"))
