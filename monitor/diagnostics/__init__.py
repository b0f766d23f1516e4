"""What is missing before it matters: the rules of `lesrust check`."""
