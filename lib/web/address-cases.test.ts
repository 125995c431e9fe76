import { describe, expect, test } from "vitest";
import { processorTime } from "../../e2e/fixtures/processor-time";
import { checkedUrl, repairedAddress } from "./address";
import { type Guard, guardedFetch, LIMITS } from "./guarded-fetch";
import { WebError } from "./web-error";

const verdict = (address: string): string => {
	try {
		checkedUrl(address, []);
		return "allowed";
	} catch (error) {
		return error instanceof WebError ? error.code : "crash";
	}
};

/** Rows of the threat model that are judged on the address alone: id, spellings, what must come of each. */
const ROWS: [string, string[], string][] = [
	["B001", ["http://127.0.0.1/"], "blocked_address"],
	[
		"B002",
		["http://localhost/", "http://LOCALHOST/", "http://localhost./", "http://foo.localhost/"],
		"blocked_address",
	],
	["B003", ["http://127.1/"], "blocked_address"],
	["B004", ["http://2130706433/"], "blocked_address"],
	["B005", ["http://0x7f000001/", "http://0x7f.1/"], "blocked_address"],
	["B006", ["http://0177.0.0.1/", "http://017700000001/"], "blocked_address"],
	["B007", ["http://①②⑦.⓪.⓪.①/", "http://１２７.０.０.１/"], "blocked_address"],
	["B008", ["http://127。0。0。1/"], "blocked_address"],
	["B009", ["http://loc%61lhost/", "http://ⅼocalhost/", "http://localhost%E3%80%82/"], "blocked_address"],
	["B010", ["http://0/", "http://0.0.0.0/", "http://0x/"], "blocked_address"],
	["B011", ["http://[::1]/", "http://[0:0:0:0:0:0:0:1]/", "http://[::]/"], "blocked_address"],
	["B012", ["http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/"], "blocked_address"],
	["B013", ["http://[::127.0.0.1]/", "http://[::ffff:0:127.0.0.1]/"], "blocked_address"],
	["B014", ["http://[64:ff9b::7f00:1]/", "http://[64:ff9b:1::a00:1]/"], "blocked_address"],
	["B015", ["http://[2002:7f00:1::]/", "http://[2001::1]/"], "blocked_address"],
	["B016", ["http://[fe80::1]/", "http://[fc00::1]/", "http://[fec0::1]/", "http://[ff02::1]/"], "blocked_address"],
	["B016", ["http://[fe80::1%25lo]/"], "bad_url"],
	[
		"B017",
		["http://169.254.169.254/", "http://2852039166/", "http://0xA9FEA9FE/", "http://0251.0376.0251.0376/"],
		"blocked_address",
	],
	["B018", ["http://[fd00:ec2::254]/", "http://[::ffff:a9fe:a9fe]/"], "blocked_address"],
	[
		"B019",
		["http://metadata.google.internal/", "http://host.docker.internal/", "http://instance-data/"],
		"blocked_address",
	],
	["B019", ["http://kubernetes.default.svc/"], "blocked_address"],
	[
		"B020",
		["http://10.0.0.1/", "http://172.16.0.1/", "http://172.31.255.255/", "http://192.168.1.1/", "http://100.64.0.1/"],
		"blocked_address",
	],
	["B020", ["http://198.18.0.1/"], "blocked_address"],
	["B021", ["http://172.15.0.1/", "http://172.32.0.1/", "http://100.128.0.1/", "http://11.0.0.1/"], "allowed"],
	[
		"B022",
		["http://224.0.0.1/", "http://255.255.255.255/", "http://240.0.0.1/", "http://192.0.2.1/", "http://203.0.113.1/"],
		"blocked_address",
	],
	["B026", ["http://example.com@127.0.0.1/", "http://user:pw@example.org/"], "blocked_address"],
	["B027", ["http://127.0.0.1\\@example.com/", "http:\\\\127.0.0.1\\"], "blocked_address"],
	["B028", ["http:127.0.0.1", "http:///127.0.0.1/", "ht\ntp://127.0.0.1", " \thttp://127.0.0.1"], "blocked_address"],
	["B029", ["http://127.0.0.1#@example.com", "http://127.0.0.1?@example.com"], "blocked_address"],
	["B029", ["http://127.0.0.1%2f@example.com", "http://example%00.com/"], "not allowed"],
	[
		"B030",
		["file:///etc/passwd", "FILE:///x", "data:text/html,x", "blob:http://x.org/1", "javascript:1", "ftp://x.org"],
		"blocked_scheme",
	],
	[
		"B030",
		["gopher://x.org", "dict://x.org", "ws://x.org", "view-source:http://x.org", "about:blank"],
		"blocked_scheme",
	],
	[
		"B031",
		["http://x.org:0/", "http://x.org:22/", "http://x.org:25/", "http://x.org:6379/", "http://x.org:8000/"],
		"blocked_address",
	],
	["B031", ["http://x.org:99999/", "http://x.org:-1/"], "bad_url"],
	["B032", ["http://256.256.256.256", "http://1.2.3.4.5", "http://", "", "  "], "bad_url"],
	["B032", ["http://.", "http://..", "http://xn--/"], "not allowed"],
	["B033", [`http://x.org/${"a".repeat(100_000)}`, `http://x.org/?${"a=b&".repeat(10_000)}`], "blocked_address"],
	["B033", [`http://${"a".repeat(60)}.${"b.".repeat(100)}org/`, `http://x.${"a".repeat(64)}.org/`], "not allowed"],
	["B034", ["http://аpple.com/", "http://☃.net/"], "allowed"],
	[
		"B038 INJ-05",
		[`http://x.org/?notes=${"bm90ZXM".repeat(300)}`, `http://x.org/${"bm90ZXM".repeat(300)}`],
		"blocked_address",
	],
	["B040", ["http://example.com:80:80/", "http://[::1", "http://[::1]x/"], "bad_url"],
];

describe("SSRF-01: an address", () => {
	test.each(
		ROWS.flatMap(([id, spellings, told]) => spellings.map((address) => [id, address.slice(0, 60), told, address])),
	)("%s %j is %s, before any name is looked up", (_, __, told, address = "") => {
		const since = processorTime();
		const found = verdict(address);
		expect(told === "not allowed" ? found !== "allowed" && found !== "crash" : found === told, found).toBe(true);
		expect(processorTime() - since).toBeLessThan(100);
	});

	test("B034: a name in another script is shown as what is looked up", () => {
		expect(checkedUrl("http://аpple.com/", []).hostname).toBe("xn--pple-43d.com");
	});

	test.each([
		["//host.org/path", "https://host.org/path"],
		["host.com", "https://host.com"],
		["en.example.org/wiki/X?y=1", "https://en.example.org/wiki/X?y=1"],
		["<http://a.org>", "http://a.org"],
		["http://a.org/x).", "http://a.org/x"],
		["https://a.org/X_(film)", "https://a.org/X_(film)"],
		["(https://a.org/x】", "https://a.org/x"],
		["[title](https://a.org/x)", "https://a.org/x"],
		["[title](https://a.org/X_(film))", "https://a.org/X_(film)"],
		['"https://a.org/x",', "https://a.org/x"],
		["Echo sounding", "Echo sounding"],
		["/path", "/path"],
	])("B035: %s is read as %s", (written, meant) => {
		expect(repairedAddress(written)).toBe(meant);
	});
});

const dials: string[] = [];
const guard = (addresses: string[][], changes: Partial<Guard> = {}): Guard => {
	const answers = [...addresses];
	return {
		allowed: [],
		resolve: async (host) => {
			dials.push(host);
			const next = answers.shift() ?? [];
			return next.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
		},
		limits: { ...LIMITS, connectMs: 200, totalMs: 600 },
		...changes,
	};
};
const told = (url: string, with_: Guard): Promise<string> =>
	guardedFetch(url, new AbortController().signal, with_).then(
		() => "read",
		(error: unknown) => (error instanceof WebError ? error.code : "crash"),
	);

describe("a name", () => {
	test.each([
		["B023", "http://127.0.0.1.nip.io/", ["127.0.0.1"]],
		["B023", "http://localtest.me/", ["127.0.0.1"]],
		["B024 SSRF-02", "http://x.org/", ["93.184.215.14", "10.0.0.1"]],
		["B024 SSRF-02", "http://x.org/", ["10.0.0.1", "93.184.215.14"]],
		["B024 SSRF-02", "http://x.org/", ["fd00::1"]],
	])("%s: %s that stands for %s is not read", async (_, url, addresses) => {
		expect(await told(url, guard([addresses]))).toBe("blocked_address");
	});

	test("B025 SSRF-03: is looked up once, so that a second answer never counts", async () => {
		dials.length = 0;
		expect(await told("http://x.org/", guard([["203.0.114.7"], ["127.0.0.1"]]))).not.toBe("blocked_address");
		expect(dials).toEqual(["x.org"]);
	});

	test("SSRF-11: that cannot be found fails hard, with no address to go to", async () => {
		expect(await told("http://x.org/", guard([[]]))).toBe("dns");
		expect(await told("http://x.org/", guard([], { resolve: () => Promise.reject(new Error("SERVFAIL")) }))).toBe(
			"dns",
		);
	});

	test("B039: under which this server answers is not read, though its address were allowed", async () => {
		const own = "127.0.0.1:4199";
		expect(await told(`http://${own}/share/x`, guard([], { allowed: [own], own: [own] }))).toBe("blocked_address");
		expect(await told("https://share.example.org/share/x", guard([], { own: ["share.example.org:443"] }))).toBe(
			"blocked_address",
		);
	});
});
