"""The pages of the toezichthouder: what stands out in the use of the portal, and the logboek."""
