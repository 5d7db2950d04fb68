"""What authors choose, with an officer, for a report under an information-hazard hold."""
