import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { SharedHead } from "@/components/share/shared-head";
import { SharedReport } from "@/components/share/shared-report";
import { SharedRunPage } from "@/components/share/shared-run-page";
import { SharedSources, type SourceTexts } from "@/components/share/shared-sources";
import * as shares from "@/lib/db/shares";
import type { Snapshot } from "@/lib/trajectory/snapshot";

type Props = PageProps<"/share/[token]">;

/** Read once a request, for the head of the page and for the page. */
const readShare = cache(shares.readShare);

/** What a link's preview shows. It names the picture by an id of its own, so that it gives the link to nobody. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
	const [{ token }, asked, t] = await Promise.all([params, headers(), getTranslations("share")]);
	const share = await readShare(token);
	if (!share) return {};
	const { snapshot, id } = share;
	const { model, calls, budget, question } = snapshot;
	const answered = model === "extractive" ? t("builtIn") : model;
	const description = [question.slice(0, 200), answered, t("calls", { calls, budget })].join(" · ");
	const title = snapshot.title.slice(0, 120);
	const url = `${asked.get("x-share-origin")}/share/preview/${id}`;
	const images = [{ url, width: 1200, height: 630, alt: t("pictureAlt", { calls, budget }) }];
	return { title, description, openGraph: { type: "article", title, description, images } };
}

/** What somebody passed on of a run. The report is there without a script, whatever else is. */
export default async function SharePage({ params }: Props) {
	const [{ token }, asked] = await Promise.all([params, headers()]);
	const share = await readShare(token);
	if (!share) notFound();
	if (asked.get("x-page-load") === "1") await shares.countView(token);
	const { snapshot } = share;
	const sources = <SharedSources snapshot={snapshot} texts={await textsOf(token, snapshot)} />;
	if (snapshot.scope === "trajectory") {
		return <SharedRunPage snapshot={snapshot} base={`/share/${token}`} sources={sources} />;
	}
	return (
		<article data-print className="mx-auto max-w-[800px] px-4 pt-6 pb-16 desk:px-14 desk:pt-10 desk:pb-24">
			<header className="mb-6 border-b border-line pb-4">
				<SharedHead snapshot={snapshot} />
			</header>
			<SharedReport snapshot={snapshot} sources={sources} />
		</article>
	);
}

async function textsOf(token: string, { sources }: Snapshot): Promise<SourceTexts> {
	const texts = new Map<number, string>();
	for (const { n, part } of sources) {
		const text = part && (await shares.readSharePart(token, part));
		if (text !== undefined) texts.set(n, text);
	}
	return texts;
}
