"""What an act (handeling) is: the decorator, the registry, the refusal."""
