"""When a series of overleg meets, as pure functions: values in, values out."""
