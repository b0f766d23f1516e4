"""The environment variables by which the processes of the web application find what they need."""

CONFIGURATION_VARIABLE = "LESRUST_CONFIG_OF_WEB"
"""The path of the configuration."""
STATIC_VARIABLE = "LESRUST_STATIC"
"""The folder of the static files, collected and compressed."""
