"""Answers: what ``suyuan trace`` says of a report, asked as its readers would ask."""
