"use client";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import {
	attachmentNameOf,
	MAX_ATTACHMENTS,
	mostBytesOfAttachment,
	refusalOfAttachment,
} from "@/lib/trajectory/attachments";
import type { Attachment } from "@/lib/trajectory/event";
import {
	type Attaching,
	filesOf,
	forgetOnServer,
	keepFiles,
	lookAtFiles,
	sendAttachment,
	stillThere,
	underway,
} from "./attach-store";

const KEPT = "soundings-attachments";

/** What keeps a question from being asked with its files: some are still on their way, or some failed. */
export type Hindrance = "wait" | "mend";

/**
 * The files of the question that is being written, kept in this browser as its draft is, and on their way while another
 * pane or page is looked at. Each is sent as soon as it is chosen; what cannot be attached is said before it is sent,
 * where the browser can know.
 */
export function useAttachments(of: string) {
	const t = useTranslations("attach");
	const key = of ? `${KEPT}:${of}` : KEPT;
	const [files, setFiles] = useState<readonly Attaching[]>([]);
	const [leftOut, setLeftOut] = useState("");

	const change = (next: readonly Attaching[]) => {
		keepFiles(key, next);
		const ready = next.flatMap((file) => (file.state === "ready" ? [file.attachment] : []));
		if (ready.length > 0) localStorage.setItem(key, JSON.stringify(ready));
		else localStorage.removeItem(key);
	};
	const put = (file: Attaching) => change(filesOf(key).map((known) => (known.key === file.key ? file : known)));

	useEffect(() => {
		const leave = lookAtFiles(key, setFiles);
		if (filesOf(key).length === 0) restore(key, (next) => keepFiles(key, next(filesOf(key))));
		return leave;
	}, [key]);

	const start = (id: string, file: File) => {
		const about = { key: id, name: attachmentNameOf(file.name) ?? file.name, bytes: file.size };
		const refusal = refusalOfAttachment(file.name, file.size);
		if (refusal) {
			const mb = mostBytesOfAttachment(about.name) / 1_000_000;
			return put({ ...about, state: "failed", why: t(`refused.${refusal}`, { mb }) });
		}
		put({ ...about, state: "sending", file, sent: 0 });
		const callOff = sendAttachment(file, about.name, (told) => {
			if (told.state !== "sending") underway.delete(id);
			if (told.state === "ready") put({ ...about, ...told });
			else put({ ...about, file, ...told });
		});
		underway.set(id, callOff);
	};

	const add = (chosen: readonly File[]) => {
		const room = Math.max(0, MAX_ATTACHMENTS - filesOf(key).length);
		const over = chosen.slice(room).map(({ name }) => name);
		setLeftOut(over.length > 0 ? t("tooMany", { max: MAX_ATTACHMENTS, name: over.join(", ") }) : "");
		const added = chosen.slice(0, room).map((file) => ({ file, id: crypto.randomUUID() }));
		const waiting = added.map(({ file, id }): Attaching => {
			return { key: id, name: file.name, bytes: file.size, state: "sending", file, sent: 0 };
		});
		change([...filesOf(key), ...waiting]);
		for (const { file, id } of added) start(id, file);
	};

	const remove = (file: Attaching) => {
		underway.get(file.key)?.();
		underway.delete(file.key);
		if (file.state === "ready") forgetOnServer(file.attachment.id);
		setLeftOut("");
		change(filesOf(key).filter(({ key: id }) => id !== file.key));
	};

	return {
		files,
		leftOut,
		hindrance: hindranceOf(files),
		ids: files.flatMap((file) => (file.state === "ready" ? [file.attachment.id] : [])),
		add,
		remove,
		again: (file: Attaching) => {
			if (file.state === "failed" && file.file) start(file.key, file.file);
		},
		/** The run has them now. */
		drop: () => change([]),
	};
}

export type Attachments = ReturnType<typeof useAttachments>;

const readyOf = (attachment: Attachment) => {
	const { id, name, bytes } = attachment;
	return { key: id, name, bytes, state: "ready", attachment } as const;
};

function hindranceOf(files: readonly Attaching[]): Hindrance | undefined {
	if (files.some(({ state }) => state === "sending" || state === "reading")) return "wait";
	return files.some(({ state }) => state === "failed") ? "mend" : undefined;
}

type Change = (change: (files: readonly Attaching[]) => readonly Attaching[]) => void;

/** Brings back what was ready before a reload, and says of each that is not on the server any more that it is gone. */
function restore(key: string, change: Change): void {
	const kept = JSON.parse(localStorage.getItem(key) ?? "[]") as Attachment[];
	change((files) => [...kept.map(readyOf), ...files.filter((file) => !kept.some(({ id }) => id === file.key))]);
	for (const attachment of kept)
		void stillThere(attachment).then((isThere) => {
			if (isThere === false) change((files) => files.map((file) => (file.key === attachment.id ? goneOf(file) : file)));
		});
}

const goneOf = ({ key, name, bytes }: Attaching): Attaching => ({ key, name, bytes, state: "failed", why: "gone" });
