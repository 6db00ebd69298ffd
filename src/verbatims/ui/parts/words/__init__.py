"""How the machine reads the words of the answers, list by list, and what the analyst rules."""
