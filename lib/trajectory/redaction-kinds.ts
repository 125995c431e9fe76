/** Kinds of what is taken out of a text by its shape before it is passed on. */
export const SHAPED_KINDS = ["keys", "emails", "paths", "addresses"] as const;
/** All kinds; `words` are the ones a person chose. */
export const REDACTION_KINDS = [...SHAPED_KINDS, "words"] as const;
export type RedactionKind = (typeof REDACTION_KINDS)[number];
