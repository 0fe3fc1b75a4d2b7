"""How this app's acts read in words. Acts on cases are read by auditors alone."""

from django.utils.translation import gettext_lazy as _

from forkopimda.audit.words import reads

from .models import EntryKind, Joining, Leaving, NoticeKind, Opened, State

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
reads("asn_neutrality.ship_lines", _("{actor} memasang baris katalog netralitas {code}"))
reads("asn_neutrality.change_line", _("{actor} mengubah baris katalog netralitas {code}"))

reads("asn_neutrality.write_as_reporter", _("{actor} menulis pesan pada perkara {number}"))
reads("asn_neutrality.reply", _("{actor} menjawab pelapor pada perkara {number}"))

reads("asn_neutrality.note_export", _("{actor} mengekspor {count} baris register perkara"))

reads(
    "asn_neutrality.set_violation",
    _("{actor} menetapkan jenis pelanggaran {code} pada perkara {number}"),
)
reads("asn_neutrality.assign_lead", _("{actor} menetapkan penanggung jawab perkara {number}"))
reads(
    "asn_neutrality.end_conflicts",
    _("{actor} mengeluarkan {count} anggota yang berkonflik dari perkara {number}"),
)
reads(
    "asn_neutrality.remind_term",
    _("{actor} mengingatkan tenggat perkara {number}: {kind}"),
    kind=dict(NoticeKind.choices),
)
reads("asn_neutrality.add_line", _("{actor} menambah baris katalog netralitas {code}"))
reads("asn_neutrality.confirm_line", _("{actor} mengonfirmasi baris katalog netralitas {code}"))
reads("asn_neutrality.end_line", _("{actor} mengakhiri baris katalog netralitas {code}"))
reads("asn_neutrality.add_holiday", _("{actor} menambah hari libur {day}"))
reads("asn_neutrality.remove_holiday", _("{actor} menghapus hari libur {day}"))

reads(
    "asn_neutrality.write",
    _("{actor} menulis isi berkas ({kind}) pada perkara {number}"),
    kind=dict(EntryKind.choices),
)
reads("asn_neutrality.merge", _("{actor} menggabung perkara {number} ke perkara {main}"))
reads("asn_neutrality.take_in", _("{actor} menggabung perkara {duplicate} ke perkara {number}"))
reads("asn_neutrality.erase", _("{actor} menghapus isi perkara {number} sesuai masa simpan"))

reads("asn_neutrality.set_home_unit", _("{actor} menetapkan unit asalnya: {before} → {after}"))
reads(
    "asn_neutrality.add_member",
    _("{actor} menambahkan {name} ke perkara {number}: {why}"),
    why=dict(Joining.choices),
)
reads(
    "asn_neutrality.remove_member",
    _("{actor} mengeluarkan {name} dari perkara {number}: {why}"),
    why=dict(Leaving.choices),
)
reads(
    "asn_neutrality.recuse",
    _("{actor} mundur dari perkara {number}: {why}"),
    why=dict(Leaving.choices),
)
reads("asn_neutrality.rotate_key", _("{actor} mengganti kunci perkara {number}"))
reads("asn_neutrality.share_again", _("{actor} membagikan lagi perkara {number} kepada {name}"))
reads("asn_neutrality.seal_old_case", _("{actor} menyegel perkara lama {number}"))
reads("asn_neutrality.make_recovery", _("{actor} membuat kunci pemulihan untuk {place}"))
reads("asn_neutrality.prove_recovery", _("{actor} menguji dan memakai kunci pemulihan {place}"))
reads(
    "asn_neutrality.share_recovery",
    _("{actor} membagikan perkara {number} ke kunci pemulihan"),
)
reads(
    "asn_neutrality.recover",
    _("{actor} memulihkan {count} perkara di {place} untuk {name} dengan kunci pemulihan"),
)
reads(
    "asn_neutrality.recover_case",
    _("{actor} memulihkan perkara {number} untuk {name} dengan kunci pemulihan"),
)

reads("asn_neutrality.add_unit", _("{actor} mencatat unit {name} di {place}"))
reads("asn_neutrality.edit_unit", _("{actor} mengubah data unit {name}"))
reads(
    "asn_neutrality.note_pledge",
    _("{actor} mencatat ikrar {name}: {signed} dari {staff} ASN per {day}"),
)
reads("asn_neutrality.remind_unit", _("{actor} mengingatkan {name} tentang ikrar netralitas"))
