import "server-only";
import { randomUUID } from "node:crypto";
import { env } from "../env";
import {
	collectionNameOf,
	endingOf,
	fileNameOf,
	MAX_WAITING_BYTES,
	mostBytesOf,
	refusalOfFile,
	TAKEN_ENDINGS,
} from "../trajectory/library-files";
import { receiveUpload, refusalOfUpload, type UploadRefusal } from "../web/receive-upload";
import { ask } from "./library";
import { takeInWaiting } from "./line";
import { makeUploadFolder, uploadPath } from "./uploads";

type Taken = { ok: true; id: string } | UploadRefusal;

/**
 * Takes one file into the line of a collection: `?collection=` and `?name=` (its path inside what is added), the file
 * itself as the body. Answers once it is on disk; it is read afterwards, whoever still looks.
 */
export async function takeUpload(request: Request): Promise<Taken> {
	const query = new URL(request.url).searchParams;
	const name = fileNameOf(query.get("name") ?? "");
	const collection = collectionNameOf(query.get("collection") ?? "");
	const before = refusalOfUpload(request, mostBytesOf(name ?? "")) ?? refusalOfNames(name, collection);
	if (before) return before;
	const [path, into] = [name ?? "", collection ?? ""];
	const announced = Number(request.headers.get("content-length") ?? 0);
	if (!(await ask("hasRoom", announced))) return full;
	const { DATA_DIR } = env();
	const id = randomUUID();
	await makeUploadFolder(DATA_DIR);
	const received = await receiveUpload(request, { path: uploadPath(DATA_DIR, id), maxBytes: mostBytesOf(path) });
	if (!received.ok) return received;
	await ask("queueIntake", { id, collection: into, name: path, bytes: received.bytes });
	void takeInWaiting();
	return { ok: true, id };
}

const refused = (status: number, reason: string): UploadRefusal => ({ ok: false, status, reason });

const full = refused(
	507,
	`More than ${MAX_WAITING_BYTES / 1e9} GB of files wait to be read. Send it again when some are in, or take failed ones off the list.`,
);

function refusalOfNames(name: string | undefined, collection: string | undefined): UploadRefusal | undefined {
	if (collection === undefined) return refused(400, "The collection needs a name of 1 to 80 characters in one line.");
	if (name === undefined) return refused(400, "The file needs a name of 1 to 500 characters without .. in its path.");
	return refusalOfFile(name, 1) === "kind"
		? refused(
				415,
				`Files of the kind ${endingOf(name) || "without an ending"} are not read. Read are: ${TAKEN_ENDINGS.join(", ")}.`,
			)
		: undefined;
}
