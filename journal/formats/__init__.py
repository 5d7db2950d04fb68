"""A public record in outward forms: data, citations, drawn intervals, words. The paper and the public pages share them."""
