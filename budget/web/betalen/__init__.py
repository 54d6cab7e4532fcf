"""The pages of the money: facturen, inkooporders, betaalbatches, terugvorderingen, rekeningen."""
