"""Accounts: signing in and out, joining, forgotten passwords, one's own profile, and who holds which role."""
