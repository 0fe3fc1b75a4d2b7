"""The addresses of security's pages, one of each kind, once its example is loaded."""

from forkopimda.elections.models import PollingStation
from security.models import Incident, Unit
from tests.conftest import LAUT_TADOR


def addresses():
    return [
        "/kerawanan/usulan/",
        "/kerawanan/tinjauan/",
        "/kerawanan/peringatan-dini/",
        "/kerawanan/asesmen/",
        f"/kerawanan/{LAUT_TADOR}/nilai/",
        "/insiden/",
        "/insiden/baru/",
        f"/insiden/{Incident.objects.first().pk}/",
        "/tps/",
        "/tps/impor/",
        "/tps/baru/",
        f"/tps/{PollingStation.objects.first().pk}/",
        "/pengamanan/",
        "/pengamanan/satuan/",
        "/pengamanan/satuan/baru/",
        "/pengamanan/satuan/impor/",
        f"/pengamanan/satuan/{Unit.objects.first().pk}/",
        "/pengamanan/penempatan/",
        "/pengamanan/penempatan/baru/",
    ]
