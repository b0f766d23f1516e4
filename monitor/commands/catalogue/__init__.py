"""`lesrust catalogue`: list the hostnames of each platform, and compare them with other lists."""
