"""HTTP in: what a request must look like, who gets in, and how an answer leaves."""
