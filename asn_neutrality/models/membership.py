"""Why somebody becomes a member of a case, and why they leave it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Joining(models.TextChoices):
    """Why somebody is added to a case."""

    LOAD = "load", _("Pembagian tugas")
    REPLACEMENT = "replacement", _("Pengganti anggota yang keluar")
    EXPERTISE = "expertise", _("Keahlian yang diperlukan")
    OVERSIGHT = "oversight", _("Pengawasan isi perkara")


class Leaving(models.TextChoices):
    """Why somebody is no member of a case any more."""

    CONFLICT = "conflict", _("Konflik kepentingan")
    MOVED = "moved", _("Pindah tugas")
    DONE = "done", _("Tugas dalam perkara selesai")
    NO_ROLE = "no_role", _("Peran atau akun tidak berlaku lagi")
    DISCRETION = "discretion", _("Kerahasiaan diragukan")


#: Why nobody is a member of an erased case; no person chooses it.
ERASED = "erased"
