/** Why a turn was thrown away. It stays on record; the model does not see it. */
export const ROLLBACK_REASONS = [
	"format",
	"refusal",
	"duplicate",
	"unknown_tool",
	"empty_search",
	"empty_reply",
	"repetition",
	"length",
	"no_answer",
	"overflow",
	"interrupted",
] as const;
