"""Words that every template can use."""
