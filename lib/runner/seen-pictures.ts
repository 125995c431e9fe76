import "server-only";
import { type Model, pictureRef, type WireMessage, type WirePart } from "../agent/model";
import type { Attachment } from "../trajectory/event";
import { bytesOf } from "./attachment-files";

/**
 * A model that is shown pictures. In a request, and so under its hash, a picture stands as the hash of its bytes; the
 * bytes take its place here, on the way out, and one that is gone by then is said to be.
 */
export function showingPictures(model: Model, attachments: readonly Attachment[]): Model {
	const pictures = new Map(attachments.filter(({ shown }) => shown).map((file) => [pictureRef(file.hash), file]));
	if (pictures.size === 0) return model;
	return {
		...model,
		async *reply(request, options) {
			const messages = await Promise.all(request.messages.map((message) => shown(message, pictures)));
			return yield* model.reply({ ...request, messages }, options);
		},
	};
}

type Pictures = ReadonlyMap<string, Attachment>;

async function shown(message: WireMessage, pictures: Pictures): Promise<WireMessage> {
	if (message.role !== "user" || typeof message.content === "string") return message;
	return { ...message, content: await Promise.all(message.content.map((part) => partShown(part, pictures))) };
}

async function partShown(part: WirePart, pictures: Pictures): Promise<WirePart> {
	const file = part.type === "image_url" ? pictures.get(part.image_url.url) : undefined;
	if (!file) return part;
	const bytes = await bytesOf(file.id);
	if (!bytes) return { type: "text", text: `[The picture ${file.name} is no longer kept.]` };
	return { type: "image_url", image_url: { url: `data:${file.type};base64,${bytes.toString("base64")}` } };
}
