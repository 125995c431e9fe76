import "server-only";
import { countTokens as count } from "gpt-tokenizer/encoding/o200k_base";

/** Tokens of a text by o200k_base, the tokenizer upstream estimates with (spec §2.3). */
export const countTokens = (text: string): number => count(text);
