"""Review by the editorial board: the rule, the gate before publication, and the verbs."""
