import { z } from "zod";
import { siteOf } from "./site-names";

const MAX_SITES = 50;

/** The sites of one run: every entry checked and in one spelling, each once. */
export const sitesSchema = z
	.array(z.string())
	.max(MAX_SITES, `At most ${MAX_SITES} sites.`)
	.transform((written, refinement) => {
		const sites = written.map((entry) => siteOf(entry) ?? { entry });
		const wrong = sites.find((site) => typeof site !== "string");
		if (wrong === undefined) return [...new Set(sites as string[])];
		refinement.addIssue({ code: "custom", message: wrongSite(wrong.entry) });
		return z.NEVER;
	});

const wrongSite = (entry: string): string =>
	`"${entry.slice(0, 80)}" is no site. Write it like example.org or example.org/path.`;
