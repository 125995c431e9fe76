"use client";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useCopied } from "@/components/ui/use-copied";
import type { RunSettings } from "@/lib/trajectory/settings";
import { Facts, Section } from "./inspector-section";
import { TextLink } from "./show-more";
import { useSeenResults } from "./use-policy-name";
import { useRunDesk, useRunView } from "./use-run";
import { useRunWords } from "./use-run-words";
import { useSitesLine } from "./use-sites-line";

/** Everything that shaped the run, in short; whole as JSON, to run it again elsewhere or to cite it. */
export function ReproduceCard() {
	const { store } = useRunDesk();
	const { view } = useRunView();
	const t = useTranslations("reproduce");
	const { settings } = view;
	const [isCopied, copy] = useCopied();
	if (!settings) return;
	const { question, createdAt } = store.summary;
	const card = { runId: store.runId, question, asked: new Date(createdAt).toISOString(), settings };
	return (
		<Section
			name={t("title")}
			aside={
				<TextLink onClick={() => copy(JSON.stringify(card, undefined, 2))}>
					{isCopied ? t("copied") : t("copy")}
				</TextLink>
			}
		>
			<SettingsFacts settings={settings} />
		</Section>
	);
}

function SettingsFacts({ settings }: { settings: RunSettings }) {
	const t = useTranslations("reproduce");
	const seenResults = useSeenResults();
	const { count } = useRunWords();
	const prompts = useShortHash(JSON.stringify(settings.prompts));
	const tools = useShortHash(JSON.stringify(settings.tools));
	const { sampling, limits, model, product, retention, restarts } = settings;
	const sampled = Object.entries(sampling).map(([name, value]) => `${name} ${value}`);
	const sites = useTranslations("sites");
	const line = useSitesLine()(settings.sites);
	const facts: [string, string][] = [
		[t("version"), product ?? t("unknown")],
		[t("preset"), settings.preset],
		[t("model"), `${model.id} (${model.provider})`],
		[t("sampling"), sampled.join(", ") || t("defaults")],
		[t("protocol"), t(`protocols.${settings.protocol}`)],
		[t("sees"), seenResults(retention)],
		[t("window"), count(settings.contextTokens)],
		[t("restarts"), count(restarts)],
		[t("limits"), t("limitsOf", { calls: count(limits.calls), turns: count(limits.turns) })],
		...(line ? ([[sites("title"), line]] as [string, string][]) : []),
		[t("prompts"), prompts],
		[t("tools"), tools],
		[t("date"), settings.date],
	];
	return <Facts facts={facts} />;
}

/** The beginning of a text's SHA-256, for the eye to compare; empty until it is computed, and where it cannot be. */
function useShortHash(text: string): string {
	const [hash, setHash] = useState("");
	useEffect(() => {
		let isHere = true;
		const digest = async () => {
			if (!globalThis.isSecureContext) return;
			const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
			const hex = [...bytes.slice(0, 6)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
			if (isHere) setHash(`sha256 ${hex}…`);
		};
		void digest();
		return () => {
			isHere = false;
		};
	}, [text]);
	return hash;
}
