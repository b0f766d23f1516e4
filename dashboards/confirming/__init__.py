"""What the directie and the leadership confirm: the settings that figures rest on."""
