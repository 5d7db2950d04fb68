"""Holds: the officers' queue and the case of each report, with the little that editors and authors may do there."""
