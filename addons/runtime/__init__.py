"""What makes running processes of the sensors: started, watched over and ended."""
