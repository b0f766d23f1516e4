"""From frames as they are captured to what their TCP segments and UDP datagrams say."""
