"""What this report computes; each of its parts adds its operations at one place."""
