import { expect, test } from "vitest";
import { argumentProblem } from "../agent/guards";
import type { ToolContext } from "../agent/tool";
import { guardedFetch } from "../web/guarded-fetch";
import { TOOLS } from "./tools";

const ODD: unknown[] = [
	7,
	1.5,
	true,
	null,
	undefined,
	["http://x.org/"],
	{ href: "http://x.org/" },
	[[[]]],
	Number.NaN,
];

const propertiesOf = (schema: Record<string, unknown>) =>
	(schema.properties ?? {}) as Record<string, { type?: string }>;
const requiredBy = ({ schema }: (typeof TOOLS)[number]["spec"]): string[] => (schema.required ?? []) as string[];
/** Python without a sandbox runs in one of its own, as its models have learnt. */
const REPAIRED = "run_python_code.sandbox_id";
const texts = TOOLS.flatMap((tool) =>
	requiredBy(tool.spec)
		.filter((name) => propertiesOf(tool.spec.schema)[name]?.type === "string")
		.map((name) => [`${tool.spec.name}.${name}`, tool, name] as const),
).filter(([name]) => name !== REPAIRED);

test.each(texts)("B036: %s that is no text is a sentence for the model that names it", (_, tool, name) => {
	const fine = Object.fromEntries(requiredBy(tool.spec).map((each) => [each, "https://x.org/a"]));
	expect(argumentProblem(tool, fine)).toBeUndefined();
	for (const odd of ODD) {
		const args = { ...fine, [name]: odd };
		expect(argumentProblem(tool, tool.repair?.(args) ?? args), JSON.stringify(odd)).toMatch(new RegExp(`^${name}: .+`));
	}
});

test("B036: an address of a megabyte is refused in a sentence, by whatever would read it", async () => {
	const url = `http://x.org/${"a".repeat(1_000_000)}`;
	const signal = new AbortController().signal;
	const library = { open: async () => undefined };
	const web = { read: (address: string) => guardedFetch(address, signal) };
	const context = { signal, library, web, blockedHosts: [], allowedHosts: [] } as unknown as ToolContext;
	const reading = TOOLS.find(({ spec }) => spec.name === "read_page");
	await expect(reading?.run({ url, start: 0 }, context)).rejects.toThrow(
		/^The address is longer than 4,096 characters\.$/,
	);
	const scraping = TOOLS.find(({ spec }) => spec.name === "scrape_and_extract_info");
	const told = await scraping?.run({ url, info_to_extract: "x" }, context);
	expect(told?.text).toMatch(/^\{"success":false,/);
	expect(told?.summary).toContain("longer than 4,096 characters");
	expect(told?.summary.length).toBeLessThan(500);
});
