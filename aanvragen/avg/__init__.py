"""What the law on personal data asks of the portal: what is kept of whom, why, how long, and how it goes away."""
