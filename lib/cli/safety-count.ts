import { kindOf, safety } from "./safety";

const { rows } = safety();
const kinds = Object.entries(Object.groupBy(rows, ({ id }) => kindOf(id)));
for (const [kind, of = []] of kinds) {
	const tested = of.filter(({ cases }) => cases > 0);
	const cases = of.reduce((sum, row) => sum + row.cases, 0);
	console.log(`${kind.padEnd(5)} ${tested.length} of ${of.length} rows tested, ${cases} cases`);
}
const tested = rows.filter(({ cases }) => cases > 0);
console.log(`All   ${tested.length} of ${rows.length} rows tested\n\nWithout a test:`);
for (const { id, about, why } of rows.filter(({ cases }) => cases === 0))
	console.log(`${id.padEnd(8)} ${about}: ${why}`);
