"""Released figures as every page, report and terminal shows them: rows, selections and words."""
