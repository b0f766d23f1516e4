"""A simulated school: the only place where what is true can be seen beside what is released."""
