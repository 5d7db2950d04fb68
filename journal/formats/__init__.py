"""A public record in outward forms: data, citations, drawn intervals, words. Paper and public pages share them."""
