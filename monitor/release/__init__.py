"""From counts to released figures: tables, schedule, noise, ledger, floors and retention."""
