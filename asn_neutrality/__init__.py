"""Reports on the neutrality of civil servants (ASN): a register of cases and their steps."""
