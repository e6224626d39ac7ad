"""What all stands on: errors, files, folders, periods, numbers; nothing that knows a table."""
