/** What the scrubber measures: seconds as they passed, calls made, or tokens the model wrote. */
export const REPLAY_AXES = ["time", "calls", "tokens"] as const;
export type ReplayAxisName = (typeof REPLAY_AXES)[number];

export const REPLAY_SPEEDS = [0.5, 1, 2, 4, 8, 16] as const;
/** `fit` shows the whole run in half a minute. */
export type ReplaySpeed = (typeof REPLAY_SPEEDS)[number] | "fit";
