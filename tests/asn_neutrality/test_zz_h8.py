from tests.asn_neutrality.test_attempts import *
def test_zz(cast):
    t=table(cast); c=Counter(a.surface for a in t)
    refused=sum(1 for w in EVERYBODY for a in t if w not in a.allowed)
    print("COUNT", len(t), dict(c), len(EVERYBODY), len(t)*len(EVERYBODY), "refused", refused)
