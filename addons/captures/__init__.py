"""Where frames come from: files, and interfaces."""
