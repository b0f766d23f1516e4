"""The commands that show or write a simulated school: demo and simulate."""
