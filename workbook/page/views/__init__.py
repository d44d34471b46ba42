"""What is on the page: each view sets answers or shows the assessment; none computes a score."""
