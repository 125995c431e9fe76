import { expect, test } from "vitest";
import { block, play } from "../../e2e/fixtures/scripted";
import { ModelFault } from "../agent/model";
import { slim } from "../trajectory/packet";
import { Progress } from "./progress";

const words = "word ".repeat(30).trim();

test("a run is told in lines: its calls, what went wrong, its end", async () => {
	const script = [
		block("one"),
		new ModelFault("busy", "the server is busy"),
		block("one"),
		block(words),
		block("broken"),
		"The answer is \\boxed{seven}.",
		"\\boxed{seven}",
	];
	const events = (await play(script)).map((event, index) => ({ ...event, runId: "r", seq: index + 1, at: index }));
	const lines: string[] = [];
	const progress = new Progress("r", (line) => lines.push(line));
	for (const event of events) {
		expect(progress.done).toBe(false);
		const ended = event.type === "run.ended";
		const state = ended ? "ended" : "running";
		progress.take({ t: "events", runId: "r", events: [slim(event)], state, done: ended });
		progress.take({ t: "events", runId: "another", events: [slim(event)], state, done: true });
	}
	expect(progress.done).toBe(true);
	expect(progress.lastSeq).toBe(events.length);
	expect(lines.map((line) => line.replace(/\(\d+ ms\)/, "(ms)"))).toMatchInlineSnapshot(`
		[
		  "run r: test, 600 calls at most",
		  "  1/600  google_search one → 1 result (ms)",
		  "the model failed: the server is busy – trying again",
		  "turn 2 rolled back: Same google_search as call 1.",
		  "  2/600  google_search word word word word word word word word word word word word word word … → 1 result (ms)",
		  "  3/600  google_search broken → the tool broke (ms)",
		  "answered: It ended the research by itself and answered.",
		]
	`);
});

test("a run that waits says for what; the end of a stream is not the end of the run", () => {
	const lines: string[] = [];
	const progress = new Progress("r", (line) => lines.push(line));
	progress.take({ t: "state", runId: "r", state: "waiting", detail: "LLM_BASE_URL is not set." });
	progress.take({ t: "state", runId: "r", state: "running", detail: "" });
	progress.take({ t: "end", reason: "ttl" });
	expect(lines).toEqual(["waiting: LLM_BASE_URL is not set."]);
	expect(progress.done).toBe(false);
});
