import "server-only";
import { type UnzipFileInfo, unzipSync } from "fflate";

/** What an archive may be: files in it, bytes of one and of all, unpacked. */
export type UnpackLimits = { files: number; fileBytes: number; allBytes: number };

/** Marks a message that is a sentence for people: of an error, its message alone comes out of a thread. */
export const REFUSED = "refused: ";

const refusal = (sentence: string): Error => new Error(REFUSED + sentence);

/** What a path in a zip must not be: absolute, or leading out of the archive. */
const LEADS_OUT = /^(?:[/\\]|[a-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)|\0/i;
const ENCRYPTED = 1;

/**
 * The wanted files of a zip, each unpacked into no more room than its entry claims; the claims are added up before
 * anything is unpacked. Throws a refusal for an archive that is too much, locked, or whose paths lead out of it.
 */
export function unpack(
	bytes: Uint8Array,
	limits: UnpackLimits,
	wanted: (name: string) => boolean,
): Map<string, Uint8Array> {
	if (isLocked(bytes)) throw refusal("The archive is locked with a password. Unlock it and attach it again.");
	let files = 0;
	let total = 0;
	const filter = ({ name, originalSize }: UnzipFileInfo): boolean => {
		if (LEADS_OUT.test(name)) throw refusal("The archive holds a path that leads out of it. Pack it anew.");
		if (++files > limits.files)
			throw refusal(
				`The archive holds more than ${limits.files.toLocaleString("en")} files. Attach those that matter.`,
			);
		if (name.endsWith("/") || !wanted(name)) return false;
		total += originalSize;
		if (originalSize > limits.fileBytes || total > limits.allBytes)
			throw refusal(
				`The archive unpacks to more than ${limits.allBytes / 1e6} MB, or a file in it to more than ${limits.fileBytes / 1e6} MB. Attach the files that matter.`,
			);
		return true;
	};
	return new Map(Object.entries(unzipSync(bytes, { filter })));
}

const LOCAL_HEADER = 0x04034b50;

/** Whether the first entry says that it is encrypted; fflate would take its bytes for packed ones. */
function isLocked(bytes: Uint8Array): boolean {
	if (bytes.length < 30) return false;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return view.getUint32(0, true) === LOCAL_HEADER && (view.getUint16(6, true) & ENCRYPTED) === ENCRYPTED;
}
