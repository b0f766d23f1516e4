"""Capture files: frames from pcap and pcapng, by libpcap, also compressed."""
