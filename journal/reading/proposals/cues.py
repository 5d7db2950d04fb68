"""The words by which each kind of item is known, with their weights.

A cue is a turn of phrase that plans of any field share. Weights add up; a sentence is proposed as the kind with the
highest sum. `docs/reading-protocols.md` says how they were chosen and what they miss.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from journal.reading.proposals.proposal import Kind


@dataclass(frozen=True, slots=True)
class Cue:
    """A turn of phrase that speaks for a kind, and how strongly."""

    kind: Kind
    weight: float
    pattern: re.Pattern[str]


def _cue(kind: Kind, weight: float, pattern: str) -> Cue:
    return Cue(kind, weight, re.compile(pattern, re.IGNORECASE))


NUMBER = r"(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|fifty|hundred)"
COMPARATOR = (
    r"(?:[<>≤≥≠]|\bat (?:least|most)\b|\b(?:more|less|fewer|greater|higher|lower|larger|smaller|better|worse) than\b"
    r"|\bexceed\w*|\b(?:above|below|under|over) (?=[\d.−-]|\w+ ?%|chance)|\bbetween .{1,30} and\b|\bwithin [±\d]|\bexcludes? \d"
    r"|\bincludes? \d|\bor (?:more|fewer|less)\b)"
)
_UNITS = (
    r"(?:participants|subjects|respondents|adults|children|students|patients|volunteers|people|persons|users|workers|raters"
    r"|annotators|judges|experts|individuals|employees|households|items|questions|prompts|tasks|problems|puzzles|trials|runs"
    r"|seeds|draws|samples|replicates|repetitions|replications|attempts|iterations|resamples|permutations|simulations|steps"
    r"|epochs|tokens|models|agents|conversations|dialogues|completions|generations|responses|answers|transcripts|documents"
    r"|articles|papers|sentences|words|images|videos|records|observations|cases|events|data ?sets|benchmarks|conditions|arms"
    r"|cells|groups|blocks|batches|sites|countries|schools|clinics|hospitals|hosts|networks|sessions|days|weeks|months|turns"
    r"|rollouts|episodes|games|templates|variants|languages|paraphrases|folds|levels|waves|rounds|features|neurons|layers"
    r"|environments|scenarios|vignettes|stimuli|posts|messages|reports|checkpoints|examples|pairs|instances|cores|gpus|agencies"
    r"|plots|plants|animals|mice|rats|cultures|specimens|measurements|scans)"
)
_MODEL_FAMILY = (
    r"(?:gpt|chatgpt|claude|gemini|gemma|llama|mistral|mixtral|ministral|codestral|qwen\d?|qwq|phi|deepseek|o[134]|command|falcon"
    r"|pythia|olmo|grok|(?:ro|de)?berta?|t5|zephyr|vicuna|yi|kimi|glm|nova|jamba|nemotron|granite|opus|sonnet|haiku|whisper"
    r"|clip|resnet|vit|stable diffusion|smollm|starcoder|bloom)"
)
_TESTS = (
    r"\bt[- ]?tests?\b|\ban(?:c)?ova\b|\bmanova\b|regress(?:ion|ed|ions)|(?:linear|additive|mixed|multilevel|hierarchical|hazard"
    r"|effects?|odds|equation|measurement|latent|growth|topic|markov|mixture) models?|mixed[- ]effects?|multilevel|\blogistic\b"
    r"|\bprobit\b|poisson|negative binomial|\bcox\b|kaplan|survival (?:curve|analys)|fisher|chi[- ]?squared?|χ²|mann[- ]?whitney"
    r"|wilcoxon|kruskal|friedman|mcnemar|cochran|signed[- ]rank|sign test|permutation|boot-?strap|jack-?knife|bayes|posterior"
    r"|correlat|pearson|spearman|kendall|factor analys|\bcfa\b|\befa\b|\bsem\b|structural equation|parallel analysis"
    r"|one-sided tests|\btost\b|random forests?|gradient boost|cross-?validat|principal component|\bpca\b|cluster(?:ing|ed)?\b"
    r"|k-means|meta-analy|propensity|instrumental variable|difference-in-differences|discontinuity|\broc\b|\bauc\b|auroc|\bf1\b"
    r"|clopper|wilson|credible|confidence interval|\d ?% (?:ci|cis|interval|intervals|hdi|credible|confidence|bca)\b"
    r"|\bcis\b|effect sizes?|cohen's d|hedges|odds ratio|risk (?:ratio|difference)|imput(?:ed|ation)|maximum likelihood"
    r"|monte carlo|\bbic\b|\baic\b|likelihood ratio|rank (?:test|correlation)|euclidean|cosine|kolmogorov|\bks\b|wasserstein"
    r"|calibration|least squares|\bols\b|\bglmm?\b|\blmm\b|\bgee\b|random (?:intercept|slope|effect)|fixed effects?"
    r"|shrinkage|kernel|gaussian process|\bdid\b|anova|survival|rule of three|non-?parametric|parametric"
)

CUES: tuple[Cue, ...] = (
    # What is asked and expected.
    _cue(
        Kind.HYPOTHESIS,
        2.6,
        r"\bwe (?:also |therefore |further )?(?:hypothesi[sz]e|predict|expect|anticipate|conjecture)\b",
    ),
    _cue(
        Kind.HYPOTHESIS,
        2.6,
        r"\bno (?:specific |directional |formal |particular |a priori )*(?:hypothes[ie]s|predictions?)\b",
    ),
    _cue(Kind.HYPOTHESIS, 1.4, r"\b(?:hypothesi[sz]ed|predicted|expected) (?:to|that|direction|association|effect)\b"),
    _cue(Kind.HYPOTHESIS, 1.2, r"^(?:the )?(?:null|alternative|primary|main|secondary|directional) hypothesis\b"),
    # What is computed.
    _cue(Kind.ANALYSIS, 1.6, _TESTS),
    _cue(
        Kind.ANALYSIS,
        1.9,
        r"bonferroni|\bholm\b|\bfdr\b|benjamini|hochberg|family-?wise|false discovery|multiple (?:comparison|test|hypothes)"
        r"|correct(?:ed|ion) for|\bmultiplicity\b|uncorrected|without correction",
    ),
    _cue(
        Kind.ANALYSIS,
        1.5,
        r"(?:\bα|\balpha)\s*(?:=|of|level|is|\.|0)|\bp\s*[<≤]\s*0?\.\d|\btwo-?\s?(?:sided|tailed)|\bone-?\s?(?:sided|tailed)"
        r"|significance (?:level|criterion)|\bat the \d+ ?% level|significance tests?",
    ),
    _cue(
        Kind.ANALYSIS,
        1.3,
        r"\b(?:primary|secondary|main|key|confirmatory|planned|sensitivity|robustness|exploratory|headline|subgroup|ancillary)"
        r" (?:\w+ )?(?:analys[ie]s|tests?|endpoints?|outcomes?|metrics?|statistics?|models?|comparisons?|estimands?|contrasts?"
        r"|estimators?)\b",
    ),
    _cue(
        Kind.ANALYSIS,
        1.1,
        r"\bwill (?:\w+ )?(?:be )?(?:fit|fitted|estimat\w+|test(?:ed)?|compar\w+|comput\w+|calculat\w+|analy[sz]\w+|regress\w*|model\w*"
        r"|aggregat\w+|average[d]?|conduct\w*|perform\w*|repeat\w*|adjust\w*|control for|re-?run|examin\w+|evaluat\w+|us(?:e|ed) \w+)\b",
    ),
    _cue(
        Kind.ANALYSIS,
        1.1,
        r"\b(?:is|are) (?:then |also |first |each |always |only )?(?:tested|estimated|fitted|fit|computed|calculated|compared|modell?ed"
        r"|aggregated|averaged|analy[sz]ed|scored|graded|coded|classified|repeated|judged|adjusted|regressed|labell?ed|rated"
        r"|given as|reported (?:as|with|per|separately|for)|performed|binari[sz]ed|standardi[sz]ed|normali[sz]ed|recorded)\b",
    ),
    _cue(
        Kind.ANALYSIS,
        0.9,
        r"\bwe (?:then |also |first |next )?(?:fit|estimate|test|compare|compute|calculate|analy[sz]e|regress|model|report|use|apply|adjust|measure|examine|evaluate)\b",
    ),
    _cue(
        Kind.ANALYSIS,
        0.9,
        r"\b(?:mean|average|share|proportion|fraction|difference|ratio|rate|number|percentage|sum) (?:of|in|between)\b",
    ),
    _cue(Kind.ANALYSIS, 0.9, r"\b(?:defined|operationali[sz]ed|measured|coded|counts?|counted|treated) (?:as|by|in)\b"),
    _cue(Kind.ANALYSIS, 0.9, r"[\w)\]] ?(?:=|:=|~|=~) ?[\w(\[|Σ].*[-+/×*|(−]|\bdo\(.*:="),
    _cue(
        Kind.ANALYSIS,
        0.9,
        r"\bcovariates?\b|interaction\b|\bestimand|\bunit of analysis|\boffset\b|\bexploratory\b|\binferenc|\bsensitivity\b|baseline",
    ),
    _cue(Kind.ANALYSIS, 0.7, r"\b(?:package|software|implementation|in R\b|script|version \d|library)\b"),
    # On what it hinges.
    _cue(Kind.GATE, 1.0, r"\b(?:if|unless|only if|iff|only when|in case|provided that|otherwise)\b"),
    _cue(Kind.GATE, 0.8, COMPARATOR + r".{0,40}\d|\d.{0,20}" + COMPARATOR),
    _cue(
        Kind.GATE,
        1.1,
        rf"\b(?:if|unless|when|should|any|every|each)\b.{{0,120}}(?:{COMPARATOR}|\bfails?\b|\bdoes not\b|\bcannot\b|\bdiffers?\b)",
    ),
    _cue(Kind.GATE, 1.2, rf"{COMPARATOR}.{{0,80}}(?:→|⇒|->|\b(?:then|otherwise|means|counts as)\b)"),
    _cue(
        Kind.GATE,
        1.3,
        r"\b(?:confirm(?:ed|s)?|support(?:ed|s)|refuted?|falsif\w+|contradict\w*|disconfirm\w*|inconclusive|undecided|reject(?:ed|s)?"
        r"|not testable|uninterpretable|not interpret\w*|invalid|is valid|compromised|fail(?:s|ed|ure)|moot|conclude[ds]?"
        r"|verdict|of no interest|warranted|downgraded|no confirmed|not tested|shallow|considered)\b",
    ),
    _cue(
        Kind.GATE,
        1.4,
        r"\b(?:positive control|negative control|manipulation check|sanity check|outcome-?neutral|inter-?(?:rater|annotator|coder)"
        r"|agreement|kappa|krippendorff|gates?|thresholds?|floor|ceiling|smallest effect|minimum effect|minimal(?:ly)? (?:effect|important)"
        r"|sesoi|mei|margin|rope|non-?inferiority|criteri(?:on|a)|decision rule|must (?:be|reach|pass|score|have|not|exceed|equal|agree)"
        r"|converge\w*|converging|negligible|meaningful|κ)\b",
    ),
    _cue(
        Kind.GATE,
        1.5,
        r"\b(?:will|may|shall|can|is|are|must)(?: not| never|n't| \*\*not\*\*)(?: be)? (?:\w+ )?(?:add\w*|chang\w*|adjust\w*|revis\w*|modif\w*"
        r"|increas\w*|introduc\w*|dropp?\w*|promot\w*|alter\w*|extend\w*|reclassif\w*|chosen|tuned|permitted|allowed)"
        r"|\bprohibited\b|\bno post-?hoc|\bfrozen\b|fixed in advance|\block(?:ed|s)?\b|pre-?committed|\bno peeking|\bpeek|\bno interim"
        r"|\binterim\b|after seeing|before seeing|regardless of|\bstopping rule|\bstops?\b|terminat\w+|\babandon\w*|\bfall-?back"
        r"|\bretired\b|decided in advance|nothing is added|no further|\bunchanged\b|will not be reported",
    ),
    _cue(
        Kind.GATE,
        1.0,
        r"\bblind(?:ed|ing|ly)?\b|\bdoes not (?:see|know)\b|\bnever (?:told|sees|merged)\b|\bhashed?\b|\binterleav\w+|\bcounterbalanc\w+",
    ),
    _cue(
        Kind.GATE,
        0.8,
        r"\bwe would prefer|\bpreferred\b|\bselect the\b|\bmore parsimon\w+|\breported as\b|\bflagged\b|\blabell?ed\b",
    ),
    # What is left out.
    _cue(
        Kind.EXCLUSION,
        2.4,
        r"\b(?:exclu(?:de[ds]?|ding|sions?)|discard(?:ed|s)?|remov(?:e[ds]?|al|ing)|dropp?ed|omit(?:ted)?|left out|leave out|leaving out"
        r"|filtered|ineligible|eligib\w+|inclusion criteri\w+|deleted|list-?wise|pair-?wise deletion|screen(?:ed)? (?:out|for)|winsor\w+|trimm\w+"
        r"|outliers?|out of range|(?:coded|treated|set|counted) (?:as|to) (?:missing|invalid)|set aside|disqualif\w+|discount\w+)\b",
    ),
    _cue(
        Kind.EXCLUSION,
        1.2,
        r"\battention checks?\b|\bdegenerate\b|\btime-?outs?\b|\bmissing\b|\bdrop-?out|\bincomplete\b|\bduplicates?\b|\bunparse?able\b|\binvalid\b",
    ),
    _cue(
        Kind.EXCLUSION,
        1.4,
        r"\bno inference is drawn\b|\bnot (?:be )?(?:analy[sz]ed|counted|included|pooled)\b|\bno \w+ (?:is|are|will be) (?:excluded|removed|dropped)\b|\bkept in\b|\bare kept\b",
    ),
    # From what.
    _cue(Kind.SAMPLE, 1.9, r"\bn\s*[=≥≈]\s*\d"),
    _cue(Kind.SAMPLE, 1.5, rf"\b{NUMBER}\+?(?:\s+[\w-]+){{0,3}}\s+{_UNITS}\b"),
    _cue(
        Kind.SAMPLE,
        0.8,
        r"\bper (?:\(|cell|arm|condition|item|model|group|participant|task|prompt|language|method|question|seed|subject|site)",
    ),
    _cue(
        Kind.SAMPLE,
        1.6,
        r"\d[\d,]*\s+(?:\w+\s+)?×\s*\d|=\s*[\d,]+\s+(?:\w+[- ]?)+(?:runs|trials|attempts|completions|conversations)",
    ),
    _cue(Kind.SAMPLE, 1.8, r"\bseeds?\b"),
    _cue(Kind.SAMPLE, 1.9, rf"\b{_MODEL_FAMILY}[- ]?v?\d[\w.:-]*|\b{_MODEL_FAMILY}(?:-[\w.]+)*-\d[\w.:-]*"),
    _cue(
        Kind.SAMPLE,
        1.1,
        r"\b(?:revision|commit|checkpoint|snapshot|digest|sha-?256|pinned|version [\d.]+)\b|@ ?[0-9a-f]{7}",
    ),
    _cue(
        Kind.SAMPLE,
        1.6,
        r"\btemperature\b|\btop[-_ ]?[pk]\b|\bmax\w*[_ ](?:new_)?(?:tokens|\w*length)\b|\bnew tokens\b|\bgreedy\b|\bsystem prompt|default sampling"
        r"|context (?:length|window)|quanti[sz]|learning rate|batch size|\bepochs?\b|\blora\b|hyper-?parameters?|\bdecoding\b|\bprompt templates?\b",
    ),
    _cue(
        Kind.SAMPLE,
        1.6,
        r"\btrain(?:ing)?[ /-](?:and |/ ?)?test|held[- ]out|hold-?out|(?:training|testing|test|validation|evaluation) (?:set|sample|split)"
        r"|\bsplit\b|random (?:sub-?)?sample|sub-?sample|stratif\w+|randomi[sz]\w+|randomly (?:assigned|drawn|selected|allocated|sampled)"
        r"|at random\b|allocat\w+|\b\d+ ?% of\b",
    ),
    _cue(
        Kind.SAMPLE,
        1.5,
        r"\brecruit\w*|\benrol\w*|sample size|target (?:n|sample)\b|\bpower(?:ed)?\b|\bdetect(?:ed|able|s)?\b|data collection (?:ends|stops|runs|will)"
        r"|\bcollection (?:ends|stops|runs)|\bprolific\b|\bmturk\b|\bpanel\b|\bpopulation\b|\bcorpus\b|\bdata ?set\b|\bstudy is complete\b|upper bound",
    ),
    _cue(
        Kind.SAMPLE,
        0.8,
        r"\b(?:each|every) (?:\w+ ){1,4}(?:is|are) (?:presented|asked|run|executed|attempted|shown|queried|sampled|tested)\b|\bwe (?:query|sample|draw|recruit|collect)\b",
    ),
    _cue(
        Kind.SAMPLE,
        0.9,
        r"\bpilot\b|\bgenerated (?:from|by)\b|\bsweep\b|[{\[]\s*[-+\d.]+[^{}\[\]]*,[^{}\[\]]*\d[^{}\[\]]*[}\]]|\bwe (?:use|query)\b.*\d",
    ),
    # What is measured.
    _cue(
        Kind.MEASURE,
        1.6,
        r"\b(?:primary|secondary|main|key) (?:outcome|dependent|measure)|\bdependent variable|\bindependent variable|\bmanipulated\b",
    ),
    _cue(
        Kind.MEASURE,
        1.0,
        r"\b(?:is|are) measured (?:by|with|on|as|using)\b|\b\d+-point\b|\blikert\b|\bscale\b|\bcounts as\b|\bself-report\b|\boperational",
    ),
    # What happens to the plan itself.
    _cue(Kind.DEVIATION, 2.2, r"\b(?:deviations?|departures?|amendments?) (?:from|will|are|is|of|to)\b"),
)

# What tells a reader that a sentence is no plan.
AGAINST: tuple[tuple[float, re.Pattern[str]], ...] = tuple(
    (weight, re.compile(pattern, re.IGNORECASE))
    for weight, pattern in (
        (
            1.6,
            r"\b(?:prior|previous|earlier|existing|published) (?:work|studies|research|reports?|literature|comparisons?)\b",
        ),
        (
            1.2,
            r"\b(?:has|have|had) been (?:reported|found|shown|suggested|observed)\b|\b(?:found|reported|showed|suggested|discovered) that\b",
        ),
        (0.9, r"\bet al\b|\((?:19|20)\d\d[a-z]?\)|\b[A-Z]\w+ (?:19|20)\d\d\b|https?://|\bdoi\b"),
        (
            1.0,
            r"^(?:this|the) (?:document|section|file|page|version|preregistration|pre-registration|statement|commitment)\b",
        ),
        (
            0.8,
            r"^(?:because|since|this (?:is|means|prevents|makes|matters|was)|that is|for example|the reason|therefore|thus|hence|in other words|either|conversely)\b",
        ),
        (
            0.8,
            r"\b(?:honest\w*|transparen\w+|believ\w+|trust(?:ed|worthy)?|harking|p-hacking|fishing|garden of forking)\b",
        ),
        (0.9, r"\b(?:osf|github|preprint|open access|doi|orcid|@\w+\.\w+|e-?mail|licen[cs]e|journal)\b"),
        (0.8, r"\b(?:limitation|caveat|acknowledg\w+|discussed in|discussion)\b"),
        (
            0.8,
            r"\b(?:was|were) (?:\w+ )?(?:run|executed|found|observed|removed|changed|corrected|fixed|added|caught|computed|excluded)\b",
        ),
        (
            0.9,
            r"\b(?:gpu hours|we expect to finish|funded|ethics (?:board|committee)|irb|reviewed by|within \w+ months?$)\b",
        ),
    )
)
