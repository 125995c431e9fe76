import { expect, test } from "vitest";
import type { Row } from "@/lib/trajectory/row";
import { nextOfTool } from "./use-steps";

const call = (name: string, key: number) =>
	({ kind: "call", key, call: { id: `${key}`, name, args: {} } }) as unknown as Row;
const rows: Row[] = [
	call("read_page", 1),
	call("web_search", 2),
	{ kind: "attempt", key: 3, attempt: 2 },
	call("read_page", 4),
	call("read_page", 5),
];

test.each([
	[0, 1, undefined, 3],
	[4, -1, undefined, 3],
	[3, -1, undefined, 0],
	[1, 1, undefined, undefined],
	[2, 1, undefined, undefined],
	[0, 1, [0, 1, 4], 4],
] as const)("from row %i by %i among %o: %s", (index, by, shown, found) => {
	expect(nextOfTool(rows, { index, by, shown })).toBe(found);
});
