import { expect, test } from "vitest";
import { sitesSchema } from "./settings";
import { siteOf, sitesIn } from "./site-names";

test.each([
	["example.org", "example.org"],
	[" https://www.Example.org/ ", "example.org"],
	["http://example.org/Papers/", "example.org/papers"],
	["*.example.org", "example.org"],
	["münchen.de", "xn--mnchen-3ya.de"],
	["127.0.0.1", "127.0.0.1"],
	["example", undefined],
	["example.org:8080", undefined],
	["example.org?q=1", undefined],
	["user@example.org", undefined],
	["javascript:alert(1)", undefined],
	["..", undefined],
	["", undefined],
	[`${"a".repeat(400)}.org`, undefined],
])("%j is the site %j", (written, site) => {
	expect(siteOf(written)).toBe(site);
});

test("a line of sites comes apart at commas and blanks, in any script", () => {
	expect(sitesIn(" a.org, b.org;c.org\nd.org，e.org、f.org ")).toEqual([
		"a.org",
		"b.org",
		"c.org",
		"d.org",
		"e.org",
		"f.org",
	]);
	expect(sitesIn("  ")).toEqual([]);
});

test("sites come in one spelling, each once; what is none is told with what would be", () => {
	expect(sitesSchema.parse(["www.a.org", "https://a.org/"])).toEqual(["a.org"]);
	expect(sitesSchema.safeParse(["a.org", "no site"]).error?.issues).toMatchObject([
		{ message: '"no site" is no site. Write it like example.org or example.org/path.' },
	]);
	expect(sitesSchema.safeParse(Array(51).fill("a.org")).error?.issues).toMatchObject([
		{ message: "At most 50 sites." },
	]);
});
