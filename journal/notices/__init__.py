"""Mail: who is told what, the letters, and their delivery."""
