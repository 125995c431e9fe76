import type { ForkChange } from "./event";
import type { RunSummary } from "./packet";

/** A run of a family, and what it does differently from the run it came from. */
export type Kin = { run: RunSummary; changes: ForkChange[]; followUp?: string };

/** `ancestors` oldest first; `siblings` came from the same run; both lists of forks oldest first. */
export type Family = { ancestors: Kin[]; siblings: Kin[]; children: Kin[] };
