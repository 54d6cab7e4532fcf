"""Regional practice: overleg between a verband, its gemeenten and the ggz-instellingen, and the work per functie."""
