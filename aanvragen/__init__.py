"""The dossier: from aanvraag and toestemming by way of the besluit to the traject."""
