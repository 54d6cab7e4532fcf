"""Feestdagen, the clock, and the terms of the Awb and the Algemene termijnenwet."""
