"""Where the rules of the linter come from: literature of the field, and the policies of registered reports."""

DESIGN_TABLE = "PCI Registered Reports, Guide for Authors: stage 1 criteria and study design template"
BIAS_LEVELS = "PCI Registered Reports, Guide for Authors: levels of bias control"
PROGRAMMATIC = "PCI Registered Reports, Guide for Authors: programmatic submissions"
HARKING = "Kerr (1998), HARKing: hypothesizing after the results are known, Pers Soc Psychol Rev 2, 196-217"
CHAMBERS = "Chambers and Tzavella (2022), The past, present and future of Registered Reports, Nat Hum Behav 6, 29-42"
MACHINE_READABLE = (
    "Lakens and DeBruine (2021), Improving transparency, falsifiability, and rigor by making hypothesis tests "
    "machine-readable, Adv Methods Pract Psychol Sci 4(2)"
)
FREEDOM = (
    "Wicherts et al. (2016), Degrees of freedom in planning, running, analyzing, and reporting psychological studies, "
    "Front Psychol 7, 1832"
)
SPECIFICITY = "Bakker et al. (2020), Ensuring the quality and specificity of preregistrations, PLoS Biol 18, e3000937"
FORKING_PATHS = "Gelman and Loken (2014), The statistical crisis in science, Am Sci 102, 460-465"
FALSE_POSITIVES = "Simmons, Nelson and Simonsohn (2011), False-positive psychology, Psychol Sci 22, 1359-1366"
ABSENCE = "Altman and Bland (1995), Absence of evidence is not evidence of absence, BMJ 311, 485"
EQUIVALENCE = "Lakens (2017), Equivalence tests, Soc Psychol Pers Sci 8, 355-362"
SAMPLE_SIZE = "Lakens (2022), Sample size justification, Collabra Psychol 8, 33267"
ACCURACY = "Maxwell, Kelley and Rausch (2008), Sample size planning, Annu Rev Psychol 59, 537-563"
LOOKING_OFTEN = "Armitage, McPherson and Rowe (1969), Repeated significance tests, J R Stat Soc A 132, 235-244"
BAYES_DESIGN = "Schönbrodt and Wagenmakers (2018), Bayes factor design analysis, Psychon Bull Rev 25, 128-142"
FAMILIES = "Holm (1979), A simple sequentially rejective multiple test procedure, Scand J Stat 6, 65-70"
DERIVATION = (
    "Scheel, Tiokhin, Isager and Lakens (2021), Why hypothesis testers should spend less time testing hypotheses, "
    "Perspect Psychol Sci 16, 744-755"
)
REPRODUCIBILITY = "Pineau et al. (2021), Improving reproducibility in machine learning research, JMLR 22(164)"
SHOW_YOUR_WORK = "Dodge et al. (2019), Show your work: improved reporting of experimental results, EMNLP"
VARIANCE = "Bouthillier et al. (2021), Accounting for variance in machine learning benchmarks, MLSys"
MODEL_DRIFT = "Chen, Zaharia and Zou (2023), How is ChatGPT's behavior changing over time?, arXiv:2307.09009"
PROMPTS = "Sclar et al. (2024), Quantifying language models' sensitivity to spurious features in prompt design, ICLR"
JUDGES = "Zheng et al. (2023), Judging LLM-as-a-judge with MT-Bench and Chatbot Arena, NeurIPS Datasets and Benchmarks"
CONTAMINATION = "Sainz et al. (2023), NLP evaluation in trouble: data contamination, Findings of EMNLP"
LEAKAGE = "Kapoor and Narayanan (2023), Leakage and the reproducibility crisis in ML-based science, Patterns 4, 100804"
AGREEMENT = (
    "Artstein and Poesio (2008), Inter-coder agreement for computational linguistics, Comput Linguist 34, 555-596"
)
TOP = "Nosek et al. (2015), Promoting an open research culture (TOP guidelines), Science 348, 1422-1425"
