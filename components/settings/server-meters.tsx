"use client";
import { useFormatter, useTranslations } from "next-intl";
import { useSentence } from "@/components/ui/use-sentence";
import { useMeters } from "./use-meters";

/** What a vLLM server is doing now; rates stand once two readings tell them. */
export function ServerMeters({ of }: { of: "model" | "extraction" }) {
	const t = useTranslations("settings.meters");
	const format = useFormatter();
	const sentence = useSentence();
	const { read, rates } = useMeters(of, t("lost"));
	if (!read) return <p className="text-[12px]/4 text-ink-3">{t("looking")}</p>;
	if (!read.ok) return <p className="text-[12px]/[18px] wrap-anywhere text-ink-3">{sentence(read.why)}</p>;
	const { running, waiting, kvUse, cacheAsked, cacheFound } = read.meters;
	const share = (value: number | undefined) =>
		value === undefined ? "–" : format.number(value, { style: "percent", maximumFractionDigits: 1 });
	const rate = (value: number | undefined) =>
		value === undefined ? "–" : format.number(value, { maximumFractionDigits: 0 });
	const facts = [
		{ name: t("running"), value: format.number(running) },
		{ name: t("waiting"), value: format.number(waiting) },
		{ name: t("kvUse"), value: share(kvUse) },
		{ name: t("cached"), value: share(rates?.cached ?? (cacheAsked > 0 ? cacheFound / cacheAsked : undefined)) },
		{ name: t("written"), value: rate(rates?.written) },
		{ name: t("read"), value: rate(rates?.read) },
	];
	return (
		<dl aria-label={t("title")} className="grid grid-cols-6 gap-x-4 gap-y-3 max-desk:grid-cols-3">
			{facts.map(({ name, value }) => (
				<div key={name} className="flex min-w-0 flex-col-reverse justify-end">
					<dt className="text-[12px]/4 text-ink-3">{name}</dt>
					<dd className="text-[17px]/6 font-medium tabular-nums">{value}</dd>
				</div>
			))}
		</dl>
	);
}
