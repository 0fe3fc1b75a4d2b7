from tests.asn_neutrality.test_attempts import *
def test_x(cast):
    import traceback
    c=cast.client("member"); c.raise_request_exception=True
    for st in ("information","received"):
        try: print(st, c.post(f"/netralitas-asn/{cast.keys['case']}/langkah/{st}/").status_code)
        except Exception: traceback.print_exc()
    c=cast.client("member")
    a=c.post(f"/netralitas-asn/{cast.keys['case']}/pelanggaran/",{"violation":cast.keys["violation"]}); print(a.status_code)
