import { describe, expect, test } from "vitest";
import { makeTrajectory } from "../../e2e/fixtures/trajectory";
import { passage } from "../../e2e/fixtures/trajectory-texts";
import { hitsIn, MOST_HITS } from "../../lib/trajectory/find-event";
import { finderOf } from "../../lib/trajectory/find-text";
import { bodyOf, type SlimEvent, slim } from "../../lib/trajectory/packet";
import { sharedFind } from "./shared-find";

const more = passage(() => 0.5, 30);
const whole = makeTrajectory({ calls: 80, seed: 4 }).map((event, at) =>
	event.type === "tool.returned" ? { ...event, text: `${event.text}\n${more} A ketch${at}.` } : event,
);
const events: readonly SlimEvent[] = whole.map(slim);
const bodies = new Map(
	whole.flatMap((event, at) => (events[at]?.cut === undefined ? [] : [[event.seq, bodyOf(event) ?? ""] as const])),
);
const found = async (find: ReturnType<typeof sharedFind>, text: string) => {
	const answer = await find("", text);
	if (!answer.ok) throw new Error(answer.error);
	return answer.found;
};

describe("finding in a shared run", () => {
	test("finds in the whole texts, as the workbench does in its events", async () => {
		const find = sharedFind(
			() => events,
			async () => bodies,
		);
		expect(bodies.size).toBeGreaterThan(40);
		for (const text of ["depth", "ketch", "KETCH7", "the cable", "http", "nowhere at all"]) {
			const finder = finderOf(text);
			const hits = finder ? whole.flatMap((event) => hitsIn(event, finder)) : [];
			expect(await found(find, text), text).toEqual({ hits, isCut: false });
		}
		expect((await found(find, "ketch")).hits.some(({ offset }) => offset > 240)).toBe(true);
		expect(await found(find, "  ")).toEqual({ hits: [], isCut: false });
	});

	test("fetches the texts once, and again after they could not be had", async () => {
		let asked = 0;
		const find = sharedFind(
			() => events,
			async () => {
				asked++;
				if (asked === 1) throw new Error("This part is not here any more.");
				return bodies;
			},
		);
		await expect(find("", "depth")).rejects.toThrow("not here any more");
		await Promise.all([find("", "depth"), find("", "ketch")]);
		expect(asked).toBe(2);
	});

	test("a search that another overtakes ends early, and says that it is not whole", async () => {
		const many = Array.from({ length: 20 }, () => events).flat();
		const find = sharedFind(
			() => many,
			async () => bodies,
		);
		const first = found(find, "depth");
		const second = found(find, "ketch");
		expect(await first).toEqual({ hits: [], isCut: true });
		expect((await second).isCut).toBe(false);
	});

	test("stops at what nobody steps through", async () => {
		const many = Array.from({ length: 60 }, () => events).flat();
		const { hits, isCut } = await found(
			sharedFind(
				() => many,
				async () => bodies,
			),
			"e",
		);
		expect([hits.length, isCut]).toEqual([MOST_HITS, true]);
	});
});
