"""Charts of released figures: Vega-Lite specifications, the same for the page and the report."""
