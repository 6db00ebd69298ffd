"""What coders' decisions teach: terms to propose, how far to trust suggestions, when to stop."""
