"""The report: the directie's figures of a week, a month or a term, to keep and to hand on."""
