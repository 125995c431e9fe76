import "server-only";
import { formatOf } from "./format";
import { unpack } from "./unpack";

const LIMITS = { files: 500, fileBytes: 20_000_000, allBytes: 60_000_000 };
/** Characters of one file of an archive (spec §1.1). */
const MEMBER_CHARS = 50_000;
const MOST_READ = 100;
const CUT = "\n... [File truncated]";
/** What packers of some systems put in beside the files. */
const NOISE = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|\._)/;

/** The texts of the files of a zip, each under its path; what is not read is named with the reason. */
export async function archiveText(
	bytes: Uint8Array,
	textOf: (name: string, bytes: Uint8Array) => Promise<string | undefined>,
): Promise<string> {
	const members = [...unpack(bytes, LIMITS, (name) => !NOISE.test(name))];
	const told: string[] = [];
	for (const [at, [name, content]] of members.entries()) {
		const shown =
			at < MOST_READ ? await memberTold(name, content, textOf) : "[Not read: only the first 100 files are.]";
		told.push(`### ${name.replace(/\p{Cc}/gu, " ")}\n\n${shown}`);
	}
	return told.join("\n\n");
}

async function memberTold(
	name: string,
	content: Uint8Array,
	textOf: (name: string, bytes: Uint8Array) => Promise<string | undefined>,
): Promise<string> {
	if (content.length === 0) return "[Empty.]";
	if (formatOf(content) === "zip") return "[Not read: an archive in an archive. Attach it by itself.]";
	const text = await textOf(name, content);
	if (text === undefined) return `[Not read: no text; ${content.length.toLocaleString("en")} bytes.]`;
	const points = [...text.slice(0, MEMBER_CHARS * 2)];
	const isCut = points.length > MEMBER_CHARS || text.length > MEMBER_CHARS * 2;
	return isCut ? points.slice(0, MEMBER_CHARS).join("") + CUT : text;
}
