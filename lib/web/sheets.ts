import "server-only";
import { zipSync } from "fflate";
import readWorkbook, { type CellValue, type Row } from "read-excel-file/node";
import { unpack } from "./unpack";

const LIMITS = { files: 5000, fileBytes: 40_000_000, allBytes: 80_000_000 };
const NEEDED =
	/^(?:\[Content_Types\]\.xml|_rels\/.+|xl\/(?!media\/|drawings\/|embeddings\/|charts\/).+\.(?:xml|rels))$/;

/** The sheets of an Excel workbook, each as a markdown table under its name. Throws what it finds wrong. */
export async function sheetsText(bytes: Uint8Array): Promise<string> {
	const parts = unpack(bytes, LIMITS, (name) => NEEDED.test(name));
	const plain = zipSync(Object.fromEntries(parts), { level: 0 });
	const sheets = await readWorkbook(Buffer.from(plain));
	return sheets.flatMap(({ sheet, data }) => (data.length > 0 ? [`## ${sheet}\n\n${tableOf(data)}`] : [])).join("\n\n");
}

/** Rows of cells as a markdown table, the first one its head. */
export function tableOf(rows: readonly Row[]): string {
	const width = Math.max(...rows.map((row) => row.length));
	const [head = [], ...body] = rows.map((row) => Array.from({ length: width }, (_, at) => cellText(row[at] ?? null)));
	const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
	return [line(head), line(head.map(() => "---")), ...body.map(line)].join("\n");
}

/** A date without a time of day is written as a date. */
function cellText(value: CellValue | null): string {
	if (value === null) return "";
	if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, "");
	return String(value).replace(/\s+/g, " ").replaceAll("|", "\\|").trim();
}
