"""The dossier of a report: what every part of the journal needs to load of it, and the one way to move it on."""
