"""How this app's acts read in words. Acts on cases are read by auditors alone."""

from django.utils.translation import gettext_lazy as _

from forkopimda.audit.words import reads

from .models import Opened, State

STATES = dict(State.choices)

reads("asn_neutrality.receive_report", _("{actor} menyampaikan laporan {number}"))
reads("asn_neutrality.move", _("{actor} membawa perkara {number} ke: {state}"), state=STATES)
reads(
    "asn_neutrality.note_opening",
    _("{actor} membuka {what} pada perkara {number}"),
    what=dict(Opened.choices),
)
reads("asn_neutrality.make_key", _("{actor} membuat kunci berkas perkara"))
reads("asn_neutrality.change_passphrase", _("{actor} mengganti frasa sandi kuncinya"))
reads("asn_neutrality.ship_line", _("{actor} memasang baris katalog netralitas {code}"))
reads("asn_neutrality.change_line", _("{actor} mengubah baris katalog netralitas {code}"))
