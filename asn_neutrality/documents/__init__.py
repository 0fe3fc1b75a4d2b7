"""Printed documents of a case: receipt, study, letter of recommendation.

They are written in Indonesian and by the clocks of the case's region, whoever asks for them.
Nothing printed is stored: a document is made for its reader and handed to them.
"""
