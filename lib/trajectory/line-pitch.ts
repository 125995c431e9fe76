/** A call never takes more than this along the line, so that a short run is not stretched. */
const LONGEST_PITCH = 24;

export type LineScale = { calls: number; budget: number /** Pixels for the whole budget. */; length: number };

/** Pixels that a call takes along the line. */
export const pitchOf = ({ budget, length }: Omit<LineScale, "calls">): number =>
	Math.min(LONGEST_PITCH, length / Math.max(1, budget));
