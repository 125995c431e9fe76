import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { processorTime } from "../../e2e/fixtures/processor-time";
import { type RedactionRules, redactor } from "./redact";
import { REDACTION_KINDS } from "./redaction-kinds";

const ALL: RedactionRules = { kinds: REDACTION_KINDS, words: ["Project Falcon", "Müller", "北极星"] };
const redacted = (text: string, rules = ALL) => redactor(rules).text(text);

/** What must never be seen again, and the text it stands in. Put together here, so that no scanner takes them for real. */
const KEYS: [secret: string, text: string][] = [
	["Ab3dEf6hIj9kLm2nOp5q", `the key sk-${"Ab3dEf6hIj9kLm2nOp5q"} of a server`],
	["Zz9-Yy8_Xx7-Ww6_Vv5-Uu4", `sk-proj-${"Zz9-Yy8_Xx7-Ww6_Vv5-Uu4"}`],
	["IOSFODNN7EXAMPLE", `AKIA${"IOSFODNN7EXAMPLE"}`],
	["wJalrXUtnFEMI/K7MDENG/bPxRfiCY", "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCY"],
	["16C7e42F292c6912E7710c838347Ae178B4a", `ghp_${"16C7e42F292c6912E7710c838347Ae178B4a"}`],
	["11ABCDEFG0abcdefghijkl_mn", `github_pat_${"11ABCDEFG0abcdefghijkl_mn"}`],
	["ABCdef123456ghiJKL78", `glpat-${"ABCdef123456ghiJKL78"}`],
	["123456789012-abcDEFghi", `xoxb-${"123456789012-abcDEFghi"}`],
	["SyA1234567890abcdefghijklmnopqrstuv", `AIza${"SyA1234567890abcdefghijklmnopqrstuv"}`],
	["abcdefghijKLMNOPQRST12", `hf_${"abcdefghijKLMNOPQRST12"}`],
	["0123456789abcdef0123456789abcdef01234567", `e2b_${"0123456789abcdef0123456789abcdef01234567"}`],
	["eyJzdWIiOiIxMjM0NTY3ODkwIn0", `eyJ${"hbGciOiJIUzI1NiJ9"}.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmN`],
	["MIIEpAIBAAKCAQEA", "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\nabc+/=\n-----END RSA PRIVATE KEY-----"],
	["dGhpc2lzYXRva2Vu", "Authorization: Bearer dGhpc2lzYXRva2Vu"],
	["hunter2horse", 'password = "hunter2horse"'],
	["hunter2goose", String.raw`{\"api\":{\"password\":\"hunter2goose\"}}`],
	["k3yk3yk3y", "https://example.com/a?x=1&token=k3yk3yk3y&y=2"],
	["sid=8f7e6d5c", "Cookie: sid=8f7e6d5c; theme=dark"],
	["s3cr3t", "postgres://admin:s3cr3t@db.example.com/main"],
];
const OTHERS: [secret: string, text: string][] = [
	["alice.smith+x@example.co.uk", "write to alice.smith+x@example.co.uk."],
	["jürgen@müller.de", "jürgen@müller.de schrieb"],
	["bob%40example.com", "https://example.com/?u=bob%40example.com"],
	["carol@example.com", "联系carol@example.com请"],
	[`/${"home"}/dave`, `see /${"home"}/dave/notes/plan.md, then`],
	[`/${"Users"}/erin`, `open(/${"Users"}/erin/x.py)`],
	[`/${"root"}/.ssh`, String.raw`{"text":"one\n/${"root"}/.ssh/id"}`],
	["frank", String.raw`C:\Users\frank b\Documents\x.docx`],
	["heidi", String.raw`C:\Users\heidi b\x.docx\nC:\Users\heidi b\x.docx`],
	["grace", "file:///srv/grace/report.pdf"],
	["10.1.2.3", "ping 10.1.2.3:8080 now"],
	["172.16.9.9", "http://172.16.9.9/admin"],
	["192.168.0.7", "192.168.0.7."],
	["127.0.0.1", "http://127.0.0.1:3000/x"],
	["169.254.169.254", "169.254.169.254/latest"],
	["localhost:8080", "on localhost:8080"],
	["fe80::1ff:fe23:4567:890a", "at fe80::1ff:fe23:4567:890a%eth0"],
	["fd12:3456:789a::1", "http://[fd12:3456:789a::1]:80/"],
	["::1", "bind ::1 only"],
	["project falcon", "The project  falcon began; PROJECT FALCON ended; project falcon"],
	["müller", "Frau Müller, MÜLLER und müller"],
	["北极星", "代号北极星计划"],
];

describe("redaction", () => {
	test.each([...KEYS, ...OTHERS])("SEC-03: takes out %s", (secret, text) => {
		expect(redacted(text).toLowerCase()).not.toContain(secret.toLowerCase());
	});

	test("keeps what stands around, and gives the same thing the same marker", () => {
		const { text, counts } = redactor(ALL);
		expect(text("a@b.org, c@d.org and A@b.org; password: x1y2z3")).toBe(
			"[email 1], [email 2] and [email 1]; password: [key 1]",
		);
		expect(text(`c@d.org at http://10.0.0.1:80/x?y of /${"home"}/u/f.`)).toBe(
			"[email 2] at http://[address 1]/x?y of [path 1].",
		);
		expect(counts).toEqual({ keys: 1, emails: 4, paths: 1, addresses: 1, words: 0 });
	});

	test("leaves ordinary text as it is", () => {
		for (const text of [
			"The secret: patience. A token: something given. The key is to wait; password: choose wisely.",
			"react@19.3.1 and @types/node, v10.2.3 and 8.8.8.8, 11:30, a::b, std::vector",
			"https://example.com/home/users/list and https://example.com/root/x, max_tokens=4096",
			"The bearer of bad news; Cookie: a small biscuit. https://example.com/sk-learn-for-beginners-and-others",
			"Müllerin, projectfalcon, key: https://example.com/a/b/c/d/e",
			"密码学是研究……[1] [2](https://example.com)",
		]) {
			expect(redacted(text)).toBe(text);
		}
	});

	test("does only what it is told", () => {
		const text = `a@b.org /${"home"}/u/f 10.0.0.1 Müller password=abcd`;
		expect(redacted(text, { kinds: [], words: ["Müller"] })).toBe(text);
		expect(redacted(text, { kinds: ["paths"], words: [] })).toBe("a@b.org [path 1] 10.0.0.1 Müller password=abcd");
		expect(redacted(text, { kinds: ["words"], words: ["", " ", "MÜLLER", "b.o(rg"] })).toContain("[removed 1]");
	});

	test("goes through values; a field named for a secret goes whole", () => {
		const { value } = redactor(ALL);
		expect(value({ a: [1, null, "x@y.org"], password: "abc", token: 5, "x@y.org": true })).toEqual({
			a: [1, null, "[email 1]"],
			password: "[key 1]",
			token: 5,
			"[email 1]": true,
		});
	});

	test("a second time finds nothing, and no planted secret is left", () => {
		const planted = fc.constantFrom(...KEYS, ...OTHERS);
		const between = fc.constantFrom(" ", "\n", ". ", "\\n", " [1] ", "[key 1]", " prose of no harm ", "\t", " – ");
		const pieces = fc.array(fc.tuple(planted, between), { minLength: 1, maxLength: 12 });
		fc.assert(
			fc.property(pieces, (made) => {
				const once = redacted(made.map(([[, text], gap]) => text + gap).join(""));
				const again = redactor(ALL);
				expect(again.text(once)).toBe(once);
				expect(Object.values(again.counts)).toEqual([0, 0, 0, 0, 0]);
				const seen = once.toLowerCase().replace(/\s+/g, " ");
				for (const [[secret]] of made) expect(seen).not.toContain(secret.toLowerCase());
			}),
			{ numRuns: 300 },
		);
	});

	test("a second time finds nothing in any text", () => {
		const part = fc.constantFrom(
			..."a1@.:/=-_[]\\\"' n",
			"key",
			"token=",
			"/home/",
			"10.0.0.1",
			"@b.co",
			"eyJ",
			"[key 1]",
		);
		fc.assert(
			fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
				const once = redacted(parts.join(""));
				expect(redacted(once)).toBe(once);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe("its time", () => {
	const MB = 1_000_000;
	test.each([
		"a",
		"a.",
		"a@",
		"a%40",
		"a@b.",
		"eyJ-",
		"eyJaaaaaaaa.",
		"sk-",
		"sk-a-",
		"token:",
		"token: a ",
		"secret:",
		"key=",
		"password='",
		"-----BEGIN PRIVATE KEY-----",
		"-----BEGIN ",
		"://a:",
		`/${"home"}/.`,
		`/${"home"}/a/home/`,
		"C:\\Users\\",
		"C:\\Users\\a b\\",
		"10.",
		"10.0.0.",
		"fc00:",
		"::1",
		"cookie: a=",
		"authorization: ",
		"bearer ",
		"Müller ",
		"project ",
		"[key 1]",
		"a@b.co ",
		"a@b.co@",
		"\\n",
	])(
		"grows with the text alone: %j",
		(unit) => {
			const text = unit.repeat(Math.ceil(MB / unit.length));
			const before = processorTime();
			redacted(text);
			expect(processorTime() - before).toBeLessThan(6000);
		},
		20_000,
	);
});
