"""The demonstration: a journal with studies in every state, and people who use its pages as people do."""
