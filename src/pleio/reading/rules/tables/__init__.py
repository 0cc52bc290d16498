"""Tables and infoboxes."""
