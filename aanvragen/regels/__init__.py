"""Pure decisions about a dossier: values in, values out, no database and no clock."""
