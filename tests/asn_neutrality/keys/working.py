"""How tests change who belongs to a case, through its pages."""

from django.urls import reverse

from asn_neutrality.models import Member


def address(name, case, *more):
    return reverse(f"asn_neutrality:{name}", args=[case.pk, *more])


def add(client, case, user, why="load"):
    return client.post(address("add_member", case), {"user": user.pk, "why": why})


def remove(client, case, user, why="done"):
    member = Member.objects.get(case=case, user=user, removed_at=None)
    return client.post(address("remove_member", case, member.pk), {"why": why})
