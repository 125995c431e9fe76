import { afterEach, expect, test } from "vitest";
import { ANSWERS, closeSearchServers, serving } from "../../../e2e/fixtures/search-answers";
import { PATIENCE } from "./ask-provider";
import { searchAll } from "./search-all";

afterEach(closeSearchServers);

test("asks all at once: one that fails or sits out leaves the others their results", async () => {
	const served = await Promise.all([
		serving("serper", { body: ANSWERS.serper.full }),
		serving("brave", { status: 402 }),
		serving("tavily", { body: ANSWERS.tavily.full }),
		serving("searxng", { body: ANSWERS.searxng.empty }),
	]);
	const search = searchAll(
		served.map(({ provider }) => provider),
		PATIENCE,
	);
	const query = { q: "line sounding", num: 10, page: 2, gl: "us" };
	expect(await search.search(query, new AbortController().signal)).toEqual({
		lists: [
			{ provider: "Serper", hits: [expect.objectContaining({ title: "Sounding" })] },
			{ provider: "SearXNG", hits: [] },
		],
		notes: ["Tavily: not asked, it has one page of results only.", "SearXNG: gl left out, there is no such setting."],
		failed: [{ provider: "Brave", kind: "quota", message: "The quota at Brave is used up." }],
	});
	expect(served[2]?.server.asked.length).toBe(0);
});

test("ends with its run, not with a fault", async () => {
	const { provider } = await serving("serper", { silent: true });
	const stop = new AbortController();
	const searched = searchAll([provider]).search({ q: "x", num: 1, page: 1 }, stop.signal);
	stop.abort(new Error("stopped"));
	await expect(searched).rejects.toThrow("stopped");
});
