"""The filters of packets that can carry a name, in the language of pcap-filter(7)."""
