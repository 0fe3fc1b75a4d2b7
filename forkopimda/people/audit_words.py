"""How this app's acts read in words."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from forkopimda.audit.words import reads

from .models import Role

ROLES = dict(Role.choices)
LANGUAGES = dict(settings.LANGUAGES)

reads("people.create_user", _("{actor} membuat pengguna {name}"))
reads("people.edit_user", _("{actor} mengubah pengguna {name}"))
reads("people.set_password", _("{actor} mengganti kata sandi {name}"))
reads("people.set_language", _("{actor} memilih bahasa {language}"), language=LANGUAGES)
reads("people.grant_role", _("{actor} memberi {name} peran {role} di {place}"), role=ROLES)
reads("people.revoke_role", _("{actor} mencabut peran {role} di {place} dari {name}"), role=ROLES)
reads("people.save_institution", _("{actor} menyimpan lembaga {name}"))
reads("people.save_official", _("{actor} menyimpan pejabat {name}"))
reads("people.save_tenure", _("{actor} menyimpan masa jabatan {name} sebagai {title}"))
