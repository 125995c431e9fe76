import { type Messages, NextIntlClientProvider, useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import type { TextPart } from "@/components/run/run-actions";
import { Brand } from "@/components/shell/brand";
import { SentencesProvider } from "@/components/ui/use-sentence";
import { sentencesFor } from "@/lib/i18n/sentence-catalogues";
import { PLAYED, type Played, packedId } from "@/lib/trajectory/played";
import { SharedSources, type SourceTexts } from "./shared-sources";
import { SharedSteps } from "./shared-steps";

/** The page of an exported run: everything it shows stands in its own file (`lib/publish/player-html.ts` writes it). */
function Player({ snapshot }: Pick<Played, "snapshot">) {
	const t = useTranslations();
	const gone = t("share.notHere");
	const readPart = useCallback(
		async (part: string, from = 0): Promise<TextPart> => {
			const text = await unpacked(part);
			return text === undefined ? { ok: false, error: gone } : { ok: true, text: text.slice(from), chars: text.length };
		},
		[gone],
	);
	return (
		<>
			<header className="flex h-12 items-center border-b border-line bg-paper px-4 desk:px-6 print:hidden">
				<Brand name={t("shell.name")} />
			</header>
			<main>
				<SharedSteps
					snapshot={snapshot}
					readPart={readPart}
					readBodies={readBodies}
					sources={<Sources snapshot={snapshot} />}
				/>
			</main>
		</>
	);
}

/** The list of sources, with the texts of the pages as soon as they are unpacked. */
function Sources({ snapshot }: Pick<Played, "snapshot">) {
	const [texts, setTexts] = useState<SourceTexts>();
	useEffect(() => {
		let isHere = true;
		const read = snapshot.sources.map(async ({ n, part }) => [n, part && (await unpacked(part))] as const);
		void Promise.all(read).then((pages) => {
			const known = pages.filter((page): page is [number, string] => page[1] !== undefined);
			if (isHere) setTexts(new Map(known));
		});
		return () => {
			isHere = false;
		};
	}, [snapshot]);
	return <SharedSources snapshot={snapshot} {...(texts && { texts })} />;
}

/** The whole texts of all events that were cut. */
async function readBodies(): Promise<ReadonlyMap<number, string>> {
	const name = packedId("body/");
	const packed = [...document.querySelectorAll(`script[id^="${name}"]`)];
	const texts = packed.map(async ({ id }) => {
		const seq = Number(id.slice(name.length));
		return [seq, (await unpacked(`body/${seq}`)) ?? ""] as const;
	});
	return new Map(await Promise.all(texts));
}

/** A long text of the file (gzip in base64); undefined when the file does not hold it. */
async function unpacked(part: string): Promise<string | undefined> {
	const packed = document.getElementById(packedId(part))?.textContent;
	if (!packed) return;
	const bytes = Uint8Array.from(atob(packed), (char) => char.charCodeAt(0));
	return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

const place = document.getElementById(PLAYED.root);
const { snapshot, locale, messages } = JSON.parse(document.getElementById(PLAYED.data)?.textContent ?? "") as Played;
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
if (place) {
	createRoot(place).render(
		<NextIntlClientProvider locale={locale} messages={messages as Messages} timeZone={timeZone} now={new Date()}>
			<SentencesProvider catalogue={sentencesFor(locale)}>
				<Player snapshot={snapshot} />
			</SentencesProvider>
		</NextIntlClientProvider>,
	);
}
