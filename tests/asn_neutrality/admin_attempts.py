"""What may be tried on a case through the admin: every page of every model of the app."""

from itertools import product

from django.apps import apps
from django.contrib import admin

from .attempts import NOBODY, STAFF, Attempt
from .cast import AUDITORS


def models():
    """The app's models that the admin could show."""
    return list(apps.get_app_config("asn_neutrality").get_models())


#: Open to administrators too: what cases are worked by, not cases.
CATALOGUE = {"violation", "sanction", "term", "extraholiday"}
UNITS = {"civilunit", "pledge", "pledgereminder"}


def readers_of(model):
    """Who opens the model's list in the admin."""
    if model not in admin.site._registry:
        return NOBODY
    return STAFF if model._meta.model_name in CATALOGUE | UNITS else AUDITORS


def admin_attempts(rows):
    """Every admin page of every model of the app; `rows` gives a key of each model's rows."""
    found = []
    for model in models():
        name = model._meta.model_name
        readers = readers_of(model)
        base = f"/admin/asn_neutrality/{name}/"
        found += [
            Attempt("admin", f"{name} list", base, readers),
            Attempt("admin", f"{name} search", f"{base}?q={{part}}", readers),
        ]
        if name in CATALOGUE | UNITS or rows.get(name) is None:
            continue
        near = readers - {"auditor_elsewhere"}
        found += [
            Attempt("admin", f"{name} row", f"{base}{rows[name]}/change/", near),
            Attempt(
                "admin", f"{name} history", f"{base}{rows[name]}/history/", near, status=(302,)
            ),
            Attempt("admin", f"{name} delete", f"{base}{rows[name]}/delete/", NOBODY),
            Attempt("admin", f"{name} add", f"{base}add/", NOBODY),
            Attempt(
                "admin",
                f"{name} write",
                f"{base}{rows[name]}/change/",
                NOBODY,
                method="post",
                data={"state": "dismissed", "number": "x"},
            ),
        ]
    return [
        *found,
        *(
            Attempt(
                "admin",
                f"autocomplete {model.label}.{field}",
                f"/admin/autocomplete/?app_label={model.app_label}&model_name={model.model_name}"
                f"&field_name={field}&term=001",
                readers,
            )
            for model, field, readers in _relations()
        ),
        Attempt("admin", "audit trail", "/admin/audit/auditevent/", STAFF),
        Attempt(
            "admin",
            "audit trail search",
            "/admin/audit/auditevent/?q={part}",
            STAFF,
            numbers=STAFF,
        ),
        Attempt("admin", "alerts", "/admin/alerts/alert/", STAFF),
        Attempt("admin", "deliveries", "/admin/alerts/delivery/", STAFF),
        Attempt(
            "admin", "links of incidents", "/admin/security/incidentlink/", STAFF, numbers=AUDITORS
        ),
        Attempt("admin", "index", "/admin/", STAFF),
    ]


def _relations():
    """Fields that point at a model of the app."""
    own = models()
    for model, target in product(apps.get_models(), own):
        for each in model._meta.get_fields():
            if each.is_relation and each.concrete and each.related_model is target:
                yield model._meta, each.name, readers_of(target)
