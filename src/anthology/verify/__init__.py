"""Verify: what can be proven of an edition before it is handed over."""
