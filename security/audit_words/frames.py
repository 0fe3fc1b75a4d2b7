"""Acts on frames of assessment, in words."""

from django.utils.translation import gettext_lazy as _

from forkopimda.audit.words import reads

reads("security.ship_frame", _("{actor} memasang kerangka bawaan {name}"))
reads("security.draft_frame", _("{actor} membuat konsep versi baru kerangka {name}"))
reads("security.edit_frame", _("{actor} mengubah konsep kerangka {name}"))
reads("security.publish_frame", _("{actor} menerbitkan kerangka {name}"))
reads("security.discard_frame", _("{actor} membuang konsep kerangka {name}"))
