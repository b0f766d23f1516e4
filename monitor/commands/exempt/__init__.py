"""`lesrust exempt`: grant, list and revoke exemptions."""
