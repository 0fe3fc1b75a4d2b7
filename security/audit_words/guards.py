"""Acts on units and postings, in words."""

from django.utils.translation import gettext_lazy as _

from forkopimda.audit.words import reads

reads(
    "security.add_unit",
    _("{actor} mencatat satuan {name} ({place}) dengan kekuatan {strength} orang"),
)
reads("security.edit_unit", _("{actor} mengubah satuan {name} ({place})"))
reads(
    "security.post_guards",
    _("{actor} menempatkan {people} orang {unit} di {place}"),
)
reads(
    "security.share_guards",
    _("{actor} membagi {people} orang {unit} dalam {count} penempatan di {place}"),
)
reads(
    "security.withdraw_posting",
    _("{actor} menarik {people} orang {unit} dari {place}"),
)
