import { describe, expect, test } from "vitest";
import { testSettings } from "../../e2e/fixtures/run";
import { makeTrajectory } from "../../e2e/fixtures/trajectory";
import type { AgentEvent, RunEvent } from "./event";
import { slim } from "./packet";
import type { RedactionRules } from "./redact";
import { REDACTION_KINDS } from "./redaction-kinds";
import { sharedPast } from "./shared-past";
import type { PublishScope } from "./snapshot";
import { snapshotOf } from "./snapshot-of";
import { summaryOf } from "./summary";
import { type RunView, viewOf } from "./view";

const NOTHING: RedactionRules = { kinds: [], words: [] };
const ALL: RedactionRules = { kinds: REDACTION_KINDS, words: ["Falcon"] };
const RUN_ID = "0f8e7d6c-run-canary";
const PARENT_ID = "parent-canary";
const HASH = `${"abc123".repeat(10)}dead`;
const TAKEN_AT = 99_000;
const FILE = { id: crypto.randomUUID(), type: "text/markdown", bytes: 1, hash: "file-canary", chars: 1 };

const SECRETS = ["canary@example.org", `/${"home"}/canary/x`, "192.168.77.7", "hf_CanaryCanaryCanary12", "Falcon"];
const poison = SECRETS.join(" ");
const usage = { inputTokens: 10, outputTokens: 2 };

/** A forked run whose every free text holds all secrets. */
const poisoned = (): RunEvent[] => {
	const url = "https://example.org/p?mail=canary@example.org";
	const said: AgentEvent[] = [
		{
			type: "run.started",
			version: 1,
			question: `Why ${poison}?`,
			settings: testSettings({
				recordedFrom: PARENT_ID,
				collections: ["falcon-papers"],
				model: { provider: "openai", id: `/${"home"}/canary/x` },
				prompts: { system: poison, taskSuffix: "", answer: "", failureSummary: "", failurePrefill: "" },
			}),
			parent: { runId: PARENT_ID, seq: 6 },
			task: poison,
			plan: poison,
			attachments: [{ ...FILE, name: "first-canary.md" }],
			attached: "first-canary",
		},
		{ type: "turn.started", turn: 1, purpose: "research" },
		{ type: "model.requested", turn: 1, masked: 0, messages: 2, requestHash: "request-canary" },
		{ type: "model.failed", turn: 1, fault: "busy", message: poison },
		{
			type: "model.replied",
			turn: 1,
			content: `<think>${poison}</think>${poison} ${"x ".repeat(400)}`,
			reasoning: poison,
			calls: [{ id: "c1", name: "read_page", args: { url, deep: { password: "hunter2", list: [poison] } } }],
			finish: "tool_calls",
			usage,
			ms: 1,
			serverModel: poison,
		},
		{ type: "tool.called", turn: 1, callId: "c1", name: "read_page", repaired: { url, why: poison } },
		{
			type: "tool.returned",
			turn: 1,
			callId: "c1",
			status: "ok",
			text: `${poison} ${"y ".repeat(400)} ${poison}`,
			summary: poison,
			sources: [{ url, title: poison, opened: true, hash: HASH, docId: "doc-canary", date: "2026" }],
			ms: 2,
		},
		{ type: "note.added", target: 7, text: "note-canary" },
		{ type: "score.recorded", scorer: "score-canary", value: 1, reason: "" },
		{ type: "run.edited", title: `Title ${poison}`, tags: ["tag-canary"] },
		{
			type: "run.forked",
			parent: { runId: PARENT_ID, seq: 10 },
			changes: ["follow_up"],
			followUp: poison,
			attachments: [{ ...FILE, name: "further-canary.md" }],
			attached: "further-canary",
		},
		{ type: "user.steered", text: poison },
		{ type: "run.paused", detail: poison },
		{ type: "run.resumed", detail: poison },
		{ type: "attempt.started", attempt: 2, carried: poison },
		{ type: "turn.started", turn: 2, purpose: "answer" },
		{
			type: "model.replied",
			turn: 2,
			content: `Because ${poison} [1](${url}).`,
			calls: [],
			finish: "stop",
			usage,
			ms: 1,
		},
		{ type: "run.ended", outcome: "answered", detail: poison, answerTurn: 2, boxed: poison },
	];
	return said.map((event, at) => ({ ...event, runId: RUN_ID, seq: at + 1, at: 1000 + at }));
};

function made(events: readonly RunEvent[], scope: PublishScope, rules: RedactionRules) {
	const summary = { ...summaryOf(viewOf(events), 1), title: `Told ${poison}` };
	const pages = (hash: string) => (hash === HASH ? `A page. ${poison}` : undefined);
	return snapshotOf({ events, summary, pages, scope, rules, takenAt: TAKEN_AT });
}

const foldOf = ({ parts }: ReturnType<typeof made>): RunView => viewOf(JSON.parse(parts.get("events") ?? "[]"));
const everything = ({ snapshot, parts }: ReturnType<typeof made>) => JSON.stringify([snapshot, ...parts]);

describe("a snapshot", () => {
	test("B081 SHR-09: of a run whose texts hold secrets holds none, in any scope", () => {
		const unsaid = [...SECRETS, "hunter2", RUN_ID, PARENT_ID, HASH, "doc-canary", "request-canary"].concat([
			"first-canary",
			"further-canary",
			"file-canary",
		]);
		for (const scope of ["report", "sources", "trajectory"] as const) {
			const text = everything(made(poisoned(), scope, ALL)).toLowerCase();
			for (const secret of [...unsaid, "note-canary", "score-canary", "tag-canary"]) {
				expect(text, `${scope}: ${secret}`).not.toContain(secret.toLowerCase());
			}
		}
		expect(everything(made(poisoned(), "trajectory", NOTHING))).toContain("canary@example.org");
	});

	test("counts what was taken out, and says where it stood", () => {
		const places = new Set<string>();
		const events = poisoned();
		const counted = { keys: 0, emails: 0, paths: 0, addresses: 0, words: 0 };
		const { snapshot } = snapshotOf({
			events,
			summary: summaryOf(viewOf(events), 1),
			pages: () => poison,
			scope: "trajectory",
			rules: ALL,
			takenAt: TAKEN_AT,
			onRemoved: ({ kind, place }) => {
				counted[kind]++;
				places.add(place.part);
			},
		});
		expect(snapshot.redacted).toEqual(counted);
		expect(counted.emails).toBeGreaterThan(10);
		expect([...places].sort()).toEqual(["call", "head", "page", "report", "source"]);
	});

	test("of a fork tells where it left its parent, not which run that was", () => {
		const snapshot = made(poisoned(), "trajectory", ALL);
		const { parent, rows } = foldOf(snapshot);
		const fork = rows.findIndex(({ kind }) => kind === "fork");
		expect(parent).toEqual({ runId: "", seq: (rows[fork]?.key ?? 0) - 1 });
		expect(sharedPast(rows, parent?.seq ?? 0)).toBe(fork);
	});

	test("asks for no page but those that go along", () => {
		const events = poisoned().map((event) =>
			event.type === "tool.returned"
				? {
						...event,
						sources: [...event.sources, { url: "https://other.org", title: "", opened: true, hash: "uncited" }],
					}
				: event,
		);
		const asked = { report: [], sources: [HASH], trajectory: [HASH, "uncited"] };
		for (const scope of ["report", "sources", "trajectory"] as const) {
			const hashes = new Set<string>();
			const pages = (hash: string) => (hashes.add(hash) ? "A page." : undefined);
			snapshotOf({ events, summary: summaryOf(viewOf(events), 1), pages, scope, rules: ALL, takenAt: TAKEN_AT });
			expect([...hashes], scope).toEqual(asked[scope]);
		}
	});

	test("holds by its scope the report, the cited pages, or every step", () => {
		const report = made(poisoned(), "report", ALL);
		expect([...report.parts]).toEqual([]);
		expect(report.snapshot.sources).toEqual([]);
		expect(report.snapshot.report?.markdown).toContain("Because [email 1] [path 1] [address 1] [key 1] [removed 1]");
		expect(report.snapshot).toMatchObject({ takenAt: TAKEN_AT, outcome: "answered", calls: 1, model: "[path 1]" });
		const sources = made(poisoned(), "sources", ALL);
		expect([...sources.parts.keys()]).toEqual(["page/1"]);
		expect(sources.snapshot.sources).toMatchObject([{ n: 1, part: "page/1", firstCall: 1, openedCall: 1 }]);
		expect(sources.parts.get("page/1")).toMatch(/^A page\. \[email 1\]/);
		const whole = made(poisoned(), "trajectory", ALL);
		expect([...whole.parts.keys()].sort()).toEqual(["body/5", "body/7", "events", "page/1"]);
		expect(foldOf(whole).rows.map(({ kind }) => kind)).toEqual(viewOf(poisoned()).rows.map(({ kind }) => kind));
		const [source] = foldOf(whole).sources.values();
		expect(source).toMatchObject({ hash: "1", openedSeq: 7 });
		expect(whole.snapshot.report?.citations).toMatchObject([{ n: 1, openedSeq: 7 }]);
		expect(sources.snapshot.report?.citations[0]).not.toHaveProperty("openedSeq");
	});

	test("cuts after it redacted, so that no secret is cut in half", () => {
		const events = poisoned().map((event) =>
			event.type === "tool.returned" ? { ...event, text: `${"z".repeat(231)} canary@example.org` } : event,
		);
		const whole = made(events, "trajectory", ALL);
		expect(JSON.parse(whole.parts.get("events") ?? "[]")[6].text).not.toContain("canary");
	});

	test("keeps a text that stood in no page of its own as it was given to the model", () => {
		const events = poisoned().map((event) =>
			event.type === "tool.returned"
				? { ...event, sources: event.sources.map(({ hash: _, ...source }) => source) }
				: event,
		);
		expect(made(events, "sources", NOTHING).parts.get("page/1")).toContain("y y y");
	});

	test("replays as the run does: the same calls, rows, sources, answer", () => {
		const bare = (view: RunView) => {
			const { runId: _, title: __, settings: ___, index: ____, ...rest } = view;
			return { ...rest, sources: [...view.sources] };
		};
		for (const seed of [1, 2, 3]) {
			const events = makeTrajectory({ calls: 120, seed });
			const hashless = events.map((event) =>
				event.type === "tool.returned"
					? { ...event, sources: event.sources.map(({ hash: _, docId: __, ...source }) => source) }
					: event,
			);
			const there = bare(foldOf(made(hashless, "trajectory", NOTHING)));
			expect(there).toEqual(bare(viewOf(hashless.map(slim))));
		}
	});
});
