"""The ledger: appended to with every change, and derived anew by whoever doubts it."""
