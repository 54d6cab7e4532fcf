"""Pure decisions about regelingen and pots: values in, values out."""
