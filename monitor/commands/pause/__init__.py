"""`lesrust pause`: interrupt measuring, and resume it."""
