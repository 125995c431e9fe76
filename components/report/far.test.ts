import { expect, test } from "vitest";
import { farFrom, farKey } from "./far";
import { statementsOf } from "./statements";

const PAGE =
	"The Challenger sounded the trench in March 1875. Its line ran out to 4,475 fathoms. The crew drew up red clay.";

test("a citation whose page says nothing of the claim is told from one that it says", () => {
	const report =
		"The line ran out to 4,475 fathoms.[1] Penguins breed on the southern coasts of Patagonia.[1] Red clay.[2]";
	const statements = statementsOf(report, new Set([1, 2]));
	const penguins = "Penguins breed on the southern coasts of Patagonia.";
	expect(farFrom(PAGE, 1, statements)).toEqual([farKey(1, [penguins, penguins])]);
	expect(farFrom(PAGE, 2, statements)).toEqual([]);
});
