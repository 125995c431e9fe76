/** Kinds of what is taken out of a text before it is passed on. `words` are the ones a person chose. */
export const REDACTION_KINDS = ["keys", "emails", "paths", "addresses", "words"] as const;
export type RedactionKind = (typeof REDACTION_KINDS)[number];
