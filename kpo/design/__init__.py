"""How KPO looks: template tags, icons, forms and the gallery. The lowest floor; imports nothing."""
