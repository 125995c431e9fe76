"use server";
import { z } from "zod";
import type { LibraryDoors } from "@/components/library/library-doors";
import { ask } from "@/lib/library/library";
import { takeInWaiting } from "@/lib/library/line";
import { collectionNameOf } from "@/lib/trajectory/library-files";
import { refusal } from "../refusal";

type Result<T extends keyof LibraryDoors> = ReturnType<LibraryDoors[T]>;

const nameSchema = z.string().max(1000);
const idSchema = z.string().min(1).max(100);
const idsSchema = z.array(idSchema).min(1).max(10_000);
const namesSchema = z.array(nameSchema).min(1).max(1000);

const done = { ok: true } as const;

export async function loadIntakes(): Result<"loadIntakes"> {
	return ask("intakes");
}

export async function retry(id: string): Result<"retry"> {
	await ask("retryIntake", idSchema.parse(id));
	void takeInWaiting();
	return done;
}

export async function dismiss(ids: string[]): Result<"dismiss"> {
	if (ids.length > 0) await ask("dismissIntakes", idsSchema.parse(ids));
	return done;
}

export async function rename(from: string, to: string): Result<"rename"> {
	const name = collectionNameOf(nameSchema.parse(to));
	if (name === undefined) return refusal("collectionName");
	const became = await ask("renameCollection", nameSchema.parse(from), name);
	if (became === "renamed") return done;
	return refusal(became === "taken" ? "collectionTaken" : "collectionAbsent");
}

export async function removeCollection(name: string): Result<"removeCollection"> {
	return (await ask("putAwayCollection", nameSchema.parse(name))) ? done : refusal("collectionAbsent");
}

export async function restoreCollections(names: string[]): Result<"restoreCollections"> {
	const back = await Promise.all(namesSchema.parse(names).map((name) => ask("bringBackCollection", name)));
	void takeInWaiting();
	return { ok: true, restored: back.filter(Boolean).length };
}

export async function removeDocument(key: string): Result<"removeDocument"> {
	await ask("putAwayDocuments", [idSchema.parse(key)]);
	return done;
}

export async function restoreDocuments(keys: string[]): Result<"restoreDocuments"> {
	return { ok: true, restored: await ask("bringBackDocuments", idsSchema.parse(keys)) };
}

export async function addInstalled(): Result<"addInstalled"> {
	await ask("welcomeInstalledDocs", process.cwd());
	return done;
}
