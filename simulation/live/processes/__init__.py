"""The processes of a live lesson hour: the gateway, the TLS server and the devices."""
