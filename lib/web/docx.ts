import "server-only";
import { type UnzipFileInfo, unzipSync, zipSync } from "fflate";
import mammoth from "mammoth";

const MAX_PARTS = 2000;
const MAX_PART_BYTES = 30_000_000;
const MAX_BYTES = 60_000_000;
const NEEDED = /^(?:\[Content_Types\]\.xml|_rels\/.+|word\/(?!media\/|embeddings\/|fonts\/).+\.(?:xml|rels))$/;

/**
 * The HTML of a Word document. Only its XML parts are unpacked, each into no more room than its entry claims, and the
 * claims are added up first; what reaches the reader is stored, not packed. Throws what it finds wrong.
 */
export async function docxHtml(bytes: Uint8Array): Promise<string> {
	let parts = 0;
	let total = 0;
	const filter = ({ name, originalSize }: UnzipFileInfo): boolean => {
		if (++parts > MAX_PARTS) throw new Error("The document has too many parts.");
		if (!NEEDED.test(name) || name.includes("..")) return false;
		total += originalSize;
		if (originalSize > MAX_PART_BYTES || total > MAX_BYTES) throw new Error("The document unpacks to too much.");
		return true;
	};
	const unpacked = unzipSync(bytes, { filter });
	const { value } = await mammoth.convertToHtml(
		{ buffer: Buffer.from(zipSync(unpacked, { level: 0 })) },
		{ externalFileAccess: false, convertImage: mammoth.images.imgElement(async () => ({ src: "" })) },
	);
	return value;
}
