import { address, choice, count, listOf, named, onOff, secret, whole } from "./env-kinds";

/** How pages of the web are read, and how many. */
export const reading = {
	READ_PRIVATE_HOSTS: listOf(/^(\[[\da-f:.]+\]|[^/:]+):\d{1,5}$/i, "has an entry that is no host:port pair")
		.default([])
		.meta({
			description: "`host:port` pairs that may be read although their addresses are private.",
			example: "127.0.0.1:8081",
		}),
	READ_ROBOTS: onOff("on").meta({
		description: "Whether the robots.txt of a site decides which of its pages are read (`on`, `off`).",
		example: "off",
	}),
	READ_HOST_PARALLEL: count
		.default(2)
		.meta({ description: "Requests to the same host at the same time, all runs together.", example: "4" }),
	READ_HOST_DELAY_MS: whole.min(0, "is less than 0").max(10_000, "is more than 10000").default(250).meta({
		description: "Milliseconds between the starts of two requests to the same host. A `Crawl-delay` may make it more.",
		example: "1000",
	}),
	PAGES_PER_HOST: count.default(100).meta({ description: "Web pages a run may read of one host.", example: "20" }),
	PAGES_PER_RUN: count.default(1000).meta({ description: "Web pages a run may read in all.", example: "200" }),
	PAGES_MB_PER_RUN: count.default(200).meta({
		description:
			"Room for the texts of the pages a run has read, compressed, in MB. Beyond it the oldest that no answer cites are dropped.",
		example: "50",
	}),
	JINA_API_KEY: secret(
		"Key of the Jina reader, which then reads pages that are made by scripts. It learns their addresses.",
	),
	JINA_BASE_URL: address.optional().meta({
		description: "Address of the Jina reader. Unset: `https://r.jina.ai`, when there is a key.",
		example: "http://127.0.0.1:3001",
	}),
	READ_RENDER: choice("off", "chromium").default("off").meta({
		description:
			"Whether a page that is empty until its scripts have run is opened in Chromium, in its own sandbox and behind a filtering proxy (`chromium`, `off`).",
		example: "chromium",
	}),
	READ_RENDER_SECONDS: count
		.min(5, "is less than 5 seconds")
		.max(120, "is more than 120 seconds")
		.default(20)
		.meta({ description: "Longest time that Chromium may take for one page.", example: "40" }),
	CHROMIUM: named(
		"Program of a Chromium or Chrome, for `READ_RENDER` and for PDF exports. Unset: one in a usual place.",
		"/usr/bin/chromium",
	),
};
