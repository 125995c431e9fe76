const normal = (text: string): string =>
	text
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s]/gu, " ")
		.replace(/\b(?:a|an|the)\b/g, " ")
		.replace(/\s+/g, " ")
		.trim();

const ABSTAINS = /insufficient information|cannot be determined|not enough information|no information/i;

export const abstains = (answer: string): boolean => ABSTAINS.test(answer);

/** Whether the answer equals one of the accepted ones, and the best overlap of words (F1) with one of them. */
export function match(answer: string, accepted: readonly string[]): { exact: number; overlap: number } {
	const exact = accepted.some((gold) => normal(gold) === normal(answer)) ? 1 : 0;
	return { exact, overlap: Math.max(0, ...accepted.map((gold) => overlapOf(normal(answer), normal(gold)))) };
}

function overlapOf(a: string, b: string): number {
	const left = a.split(" ");
	const right = b.split(" ");
	const rest = [...right];
	let common = 0;
	for (const word of left) {
		const at = rest.indexOf(word);
		if (at < 0) continue;
		rest.splice(at, 1);
		common++;
	}
	return common === 0 ? 0 : (2 * common) / (left.length + right.length);
}

export const mean = (values: readonly number[]): number =>
	values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

const RESAMPLES = 2000;

/** Mean of paired differences with its 95 % bootstrap interval; the same numbers every time. */
export function interval(differences: readonly number[]): { mean: number; low: number; high: number } {
	let seed = 12345;
	const next = () => {
		seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
		return seed / 2 ** 32;
	};
	const means = Array.from({ length: RESAMPLES }, () => {
		let sum = 0;
		for (let at = 0; at < differences.length; at++) sum += differences[Math.floor(next() * differences.length)] ?? 0;
		return sum / differences.length;
	}).sort((a, b) => a - b);
	return { mean: mean(differences), low: means[RESAMPLES * 0.025] ?? 0, high: means[RESAMPLES * 0.975] ?? 0 };
}
