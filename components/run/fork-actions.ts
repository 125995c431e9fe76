import type { Decision } from "@/lib/trajectory/decision";
import type { Family } from "@/lib/trajectory/family";
import type { ForkInput, ForkResult } from "@/lib/trajectory/fork";
import type { SlimEvent } from "@/lib/trajectory/packet";
import type { Remark } from "@/lib/trajectory/said";
import type { PresetChoice } from "./ask-set-up";

type Refused = { ok: false; error: string };
type Told = { ok: true } | Refused;

/** What the settings of a fork may be changed to. */
export type ForkSetUp = { presets: PresetChoice[]; models: string[] };

/** The server actions that change a run or make another one of it. */
export type ForkActions = {
	steer(runId: string, text: string): Promise<Told>;
	pause(runId: string): Promise<Told>;
	resume(runId: string): Promise<Told>;
	decide(runId: string, decision: Decision): Promise<Told>;
	fork(runId: string, input: ForkInput): Promise<ForkResult>;
	forkSetUp(): Promise<ForkSetUp>;
	/** Adds to the run's journal; gives back what stands there after `afterSeq`, since an ended run is not followed. */
	annotate(runId: string, said: Remark, afterSeq: number): Promise<{ ok: true; events: SlimEvent[] } | Refused>;
	family(runId: string): Promise<Family>;
	remove(runIds: string[]): Promise<Told>;
};
