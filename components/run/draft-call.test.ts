import { expect, test } from "vitest";
import { draftCallOf } from "./draft-call";

const TAGGED = `<use_mcp_tool>
<server_name>tool-reader</server_name>
<tool_name>read_page</tool_name>
<arguments>
{"url": "https://example.org/a<b"}
</arguments>
</use_mcp_tool>`;

test("a tagged call shows its name and arguments, and at no point of the stream a tag", () => {
	expect(draftCallOf(TAGGED)).toEqual({ name: "read_page", args: '{"url": "https://example.org/a<b"}' });
	for (let end = 1; end <= TAGGED.length; end++) {
		const { name, args } = draftCallOf(TAGGED.slice(0, end));
		expect("read_page".startsWith(name), `${end}`).toBe(true);
		expect('{"url": "https://example.org/a<b"}'.startsWith(args), `${end}: ${args}`).toBe(true);
	}
});

test("of several calls the newest is shown", () => {
	expect(draftCallOf(`${TAGGED}\n<use_mcp_tool>\n<server_name>s</server_name>\n<tool_name>web`).name).toBe("web");
});

test("a native call is its name and its JSON", () => {
	expect(draftCallOf('web_search {"q": "le')).toEqual({ name: "web_search", args: '{"q": "le' });
	expect(draftCallOf("web_se")).toEqual({ name: "web_se", args: "" });
});
