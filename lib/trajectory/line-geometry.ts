import type { LineMarks } from "./line-marks";
import { type LineScale, pitchOf } from "./line-pitch";
import { KIND_LETTER, TOOL_KINDS, type ToolKind } from "./tool-kind";

/** How long a tick is, of 30: the second sign of a tool beside its hue. */
const TICK_LENGTH: Record<ToolKind, number> = { search: 30, library: 25, read: 17, code: 11, other: 6 };
const FULL_LENGTH = 30;
/** Below a pitch of one pixel, calls are drawn in bins this high. */
const BIN = 2;
/** Chevrons and triangles are 6 px high and keep 4 px between them. */
const NOTCH_GAP = 10;

const KIND_OF = new Map(TOOL_KINDS.map((kind) => [KIND_LETTER[kind], kind]));

/** A piece of ink across the line: `at` along it, `from` and `long` across it as shares of a full tick. */
export type Tick = { kind: ToolKind; at: number; from: number; long: number };

/** Everything that is drawn of a run's depth, in pixels along the line; the same for every direction and size. */
export type LineGeometry = {
	pitch: number;
	/** Where the newest call lies, and where the budget ends. */
	lead: number;
	bed: number;
	thickness: number;
	ticks: Tick[];
	newSources: number[];
	errors: number[];
	rollbacks: number[];
	steers: number[];
};

/** Linear in the calls of the run; the ink it returns is bounded by the pixels of the line. */
export function lineGeometry(marks: LineMarks, scale: LineScale): LineGeometry {
	const pitch = pitchOf(scale);
	const bed = pitch * scale.budget;
	const errors = spaced(marks.errors.map((n) => n * pitch));
	const rollbacks = spaced(marks.rollbacks.map((n) => (n + 0.5) * pitch)).filter((at) => isFree(errors, at));
	return {
		pitch,
		bed,
		lead: Math.min(bed, scale.calls * pitch),
		thickness: pitch < 1 ? BIN : Math.min(2, Math.max(1, 0.7 * pitch)),
		ticks: pitch < 1 ? bins(marks.kinds, pitch) : ticks(marks.kinds, pitch),
		newSources: distinct(marks.newSources.map((n) => cell(n, pitch))),
		errors,
		rollbacks,
		steers: marks.steers.map((n) => (n + 0.5) * pitch),
	};
}

function ticks(kinds: string, pitch: number): Tick[] {
	const drawn: Tick[] = [];
	for (let at = 0; at < kinds.length; at++) {
		const kind = KIND_OF.get(kinds[at] ?? "") ?? "other";
		drawn.push({ kind, at: (at + 1) * pitch, from: 0, long: TICK_LENGTH[kind] / FULL_LENGTH });
	}
	return drawn;
}

/** As long as the mean tick of its calls, split by the share of each tool. */
function bins(kinds: string, pitch: number): Tick[] {
	const drawn: Tick[] = [];
	const perBin = BIN / pitch;
	for (let bin = 0; bin * perBin < kinds.length; bin++) {
		const inside = kinds.slice(Math.round(bin * perBin), Math.round((bin + 1) * perBin));
		let from = 0;
		for (const kind of TOOL_KINDS) {
			const calls = inside.split(KIND_LETTER[kind]).length - 1;
			if (calls === 0) continue;
			const long = ((calls / inside.length) * TICK_LENGTH[kind]) / FULL_LENGTH;
			drawn.push({ kind, at: bin * BIN + BIN / 2, from, long });
			from += long;
		}
	}
	return drawn;
}

const cell = (n: number, pitch: number) => (pitch < 1 ? Math.floor((n * pitch) / BIN) * BIN + BIN / 2 : n * pitch);

const distinct = (places: readonly number[]) => places.filter((place, at) => at === 0 || place !== places[at - 1]);

/** Leaves out what would touch the one before it. */
function spaced(places: readonly number[]): number[] {
	const kept: number[] = [];
	for (const place of places) if (place - (kept.at(-1) ?? Number.NEGATIVE_INFINITY) >= NOTCH_GAP) kept.push(place);
	return kept;
}

/** Both lists ascend; an error wins over a rollback that would touch it. */
function isFree(errors: readonly number[], at: number): boolean {
	return !errors.some((error) => Math.abs(error - at) < NOTCH_GAP);
}

/** Round numbers for a scale of about six steps, the budget last; those too near to it are left out. */
export function scaleNumbers(budget: number): number[] {
	const rough = budget / 6;
	const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)));
	const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999) ?? 10 * power;
	const numbers = [0];
	for (let n = step; n < budget - step * 0.4; n += step) numbers.push(n);
	return [...numbers, budget];
}
