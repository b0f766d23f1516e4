"""Whether the school's firewall says the same of pupils' connections once they are steered.

What is steered leaves from the router itself: the kernel holds it against `output`, and no longer
against `forward`. So both are compared, and nothing is steered while they differ.
"""
