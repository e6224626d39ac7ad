"""What templates may call, and the report composed from them."""
