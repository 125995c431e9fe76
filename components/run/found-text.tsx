"use client";
import { Fragment, type ReactNode, useEffect, useRef } from "react";
import type { FoundPart } from "@/lib/trajectory/find-hit";
import type { Finder } from "@/lib/trajectory/find-text";
import { useFinder, useHit } from "./use-look";

const MARK = "rounded-[2px] bg-mark text-ink [box-shadow:0_0_0_1px_var(--mark)]";

/** A text with what the reader looks for marked. */
export function Found({ text }: { text: string }) {
	const finder = useFinder();
	return finder ? marked(text, finder) : text;
}

function marked(text: string, finder: Finder): ReactNode {
	const places = finder(text);
	if (places.length === 0) return text;
	let from = 0;
	const parts = places.map(({ start, end }) => {
		const before = text.slice(from, start);
		from = end;
		return (
			<Fragment key={start}>
				{before}
				<mark className={MARK}>{text.slice(start, end)}</mark>
			</Fragment>
		);
	});
	return [...parts, text.slice(from)];
}

type PartProps = { text: string; seq: number | undefined; part: FoundPart };

/** The same for a part of the chosen row: what was gone to is brought into view. */
export function FoundPartText({ text, seq, part }: PartProps) {
	const box = useRef<HTMLSpanElement>(null);
	const hit = useHit();
	const isHere = hit !== undefined && hit.seq === seq && hit.part === part;
	// biome-ignore lint/correctness/useExhaustiveDependencies: a text that has come in moves its marks.
	useEffect(() => {
		if (isHere) box.current?.querySelector("mark")?.scrollIntoView({ block: "center" });
	}, [isHere, hit, text]);
	return (
		<span ref={box}>
			<Found text={text} />
		</span>
	);
}
