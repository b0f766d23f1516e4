"""The papers with which a school answers for measuring, written in Dutch from its configuration."""
