"""What may stand in a row: tables, schemas, strict readers, codebook, messages, queries."""
