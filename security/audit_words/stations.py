"""Acts on the classes of polling stations, in words."""

from django.utils.translation import gettext_lazy as _

from forkopimda.audit.words import reads

from ..models import StationClass

CLASSES = dict(StationClass.choices)

reads(
    "security.class_station",
    _("{actor} memberi {name} kelas {risk_class} (dari {before})"),
    risk_class=CLASSES,
    before=CLASSES,
)
reads("security.class_stations", _("{actor} memberi {count} TPS di {name} kelas dari {source}"))
