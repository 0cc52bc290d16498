"""Setting and drawing: text, marks, evidence, pathway, charts; markup without script or inline style."""
