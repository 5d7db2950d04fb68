"""The topics of the journal: one fixed vocabulary, so that readers, reviewers and programs filter by the same words."""

TOPICS = (
    "Deception and honesty",
    "Scalable oversight",
    "AI control",
    "Interpretability",
    "Dangerous capabilities",
    "Evaluation methods",
    "Robustness and adversarial attacks",
    "Reward hacking and specification",
    "Goal misgeneralisation",
    "Power seeking and self-preservation",
    "Situational awareness",
    "Chain-of-thought faithfulness",
    "Agents and tool use",
    "Multi-agent systems",
    "Training data and unlearning",
    "Forecasting and scaling",
    "Human factors and persuasion",
    "Governance and verification",
)
TOPICS_LIMIT = 5
