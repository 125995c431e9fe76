/** Longest markdown that is rendered at once, in characters. */
export const RENDERED = 200_000;
