import { createContext, useEffect, useMemo, useState } from "react";
import type { TextPart } from "@/components/run/run-actions";
import { useRunDesk } from "@/components/run/use-run";
import type { Report } from "@/lib/trajectory/report";
import { farFrom } from "./far";
import { LOOKED_AT } from "./passage";
import { RENDERED } from "./rendered";
import { statementsOf } from "./statements";
import { useSourceReader } from "./use-source-text";

/**
 * How a report's statements stand to their sources: how many have none, and the citations (`farKey`) whose page, as it
 * was read, holds no sentence near the claim.
 */
type Support = { uncited: number; far: ReadonlySet<string> };

export const SupportContext = createContext<Support>({ uncited: 0, far: new Set() });

/** Looks the cited pages through, one after another, once the report is shown. A page that cannot be had is not judged. */
export function useSupport({ markdown, citations }: Report): Support {
	const { store } = useRunDesk();
	const readerOf = useSourceReader();
	const [far, setFar] = useState<ReadonlySet<string>>(new Set());
	const statements = useMemo(
		() => statementsOf(markdown.slice(0, RENDERED), new Set(citations.map(({ n }) => n))),
		[markdown, citations],
	);

	useEffect(() => {
		let isOver = false;
		const textOf = async (url: string) => {
			const source = store.newest.sources.get(url);
			const read = source && readerOf(source);
			return read && wholeText(read);
		};
		const add = (keys: string[]) => keys.length > 0 && setFar((known) => new Set([...known, ...keys]));
		const look = async () => {
			for (const { n, url } of citations) {
				const text = await textOf(url);
				if (isOver) return;
				if (text !== undefined) add(farFrom(text, n, statements));
			}
		};
		setFar(new Set());
		void look();
		return () => {
			isOver = true;
		};
	}, [statements, citations, readerOf, store]);

	return useMemo(() => ({ uncited: statements.filter(({ n }) => n === undefined).length, far }), [statements, far]);
}

/** As much of a text as passages are looked for in; undefined when a part of it cannot be had. */
async function wholeText(read: (from: number) => Promise<TextPart>): Promise<string | undefined> {
	let text = "";
	let next: number | undefined = 0;
	while (next !== undefined && text.length < LOOKED_AT) {
		const part: TextPart = await read(next).catch(() => ({ ok: false, error: "" }));
		if (!part.ok) return undefined;
		text += part.text;
		next = part.next;
	}
	return text;
}
