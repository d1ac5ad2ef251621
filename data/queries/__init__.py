"""What pages and feeds show: one function for each question, answered with rows that cannot be changed."""
