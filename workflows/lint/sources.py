"""Where the rules of the linter come from: literature of the field, and the policies of registered reports."""

DESIGN_TABLE = "PCI Registered Reports, Guide for Authors: stage 1 criteria and study design template"
HARKING = "Kerr (1998), HARKing: hypothesizing after the results are known, Pers Soc Psychol Rev 2, 196-217"
