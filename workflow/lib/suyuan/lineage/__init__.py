"""Values that know where they come from: ledger, operations, claims, traces, verification."""
