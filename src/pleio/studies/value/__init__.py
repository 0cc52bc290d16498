"""What matters: attribution of variance, the value of information, and one sentence that joins the two."""
