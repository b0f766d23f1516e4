"""The commands of what people look at: web, user, report and figures."""
