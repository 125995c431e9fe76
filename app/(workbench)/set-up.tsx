import { Check, TriangleAlert, X } from "lucide-react";
import { getLocale, getTranslations } from "next-intl/server";
import { sentencesFor } from "@/lib/i18n/sentence-catalogues";
import { inLanguage, sentencesOf } from "@/lib/i18n/sentences";
import { type Health, health } from "@/lib/runner/health";

type SetUpTexts = Awaited<ReturnType<typeof getTranslations<"ask.setUp">>>;
type Fact = { name: string; isReady: boolean; text: string };

/** What this installation has. At full length for somebody who has not asked anything yet, else in one line. */
export async function SetUp({ isFirst }: { isFirst: boolean }) {
	const [t, found] = await Promise.all([getTranslations("ask.setUp"), health()]);
	const facts = await factsOf(found);
	return (
		<section aria-labelledby="set-up" className="mt-10">
			{isFirst ? (
				<div className="rounded-[10px] border border-line bg-surface px-6 pt-5 pb-2.5 max-desk:px-4">
					<h2 id="set-up" className="text-[16px]/[22px]">
						{t(found.problems.length > 0 ? "notReadyTitle" : "firstTitle")}
					</h2>
					{found.engine.provider === "extractive" && (
						<p className="mt-1 mb-2 max-w-[64ch] text-pretty text-ink-2">{t("firstDetail")}</p>
					)}
					<FactRows facts={facts} />
				</div>
			) : (
				<div className="border-t border-line pt-3.5">
					<h2 id="set-up" className="sr-only">
						{t("title")}
					</h2>
					<ReadyLine facts={facts} />
				</div>
			)}
			<Problems health={found} />
		</section>
	);
}

async function factsOf({ engine, search, library, python }: Health): Promise<Fact[]> {
	const t = await getTranslations("ask.setUp");
	const isBuiltIn = engine.provider === "extractive";
	const full = library.collections.filter(({ documents }) => documents > 0);
	const n = full.reduce((sum, { documents }) => sum + documents, 0);
	const names = full.map(({ name }) => name).join(", ");
	const web = search.filter(({ id }) => id !== "library");
	const searching = web.filter(({ ok }) => ok).map((provider) => provider.name);
	const sentences = sentencesOf(sentencesFor(await getLocale()));
	const webState = web[0] ? t("webState", { detail: inLanguage(web[0].detail, sentences) }) : t("noWeb");
	return [
		...(isBuiltIn ? [{ name: t("engine"), isReady: true, text: t("builtIn") }] : []),
		{ name: t("library"), isReady: n > 0, text: n > 0 ? t("documentsIn", { n, names }) : t("documents", { n }) },
		{ name: t("model"), isReady: !isBuiltIn && engine.ok, text: isBuiltIn ? t("noModel") : modelText(engine, t) },
		{
			name: t("web"),
			isReady: searching.length > 0,
			text: searching.length > 0 ? t("webReady", { names: searching.join(", ") }) : webState,
		},
		{ name: t("python"), isReady: python.state === "ready", text: pythonText(python, t) },
	];
}

function pythonText(python: Health["python"], t: SetUpTexts): string {
	if (python.state === "off") return t("pythonOff");
	if (python.state === "missing") return t("pythonMissing", { why: `${python.why} ${python.remedy}` });
	const packages = python.packages.map(({ name }) => name).join(", ") || "none";
	return t("pythonReady", { version: python.version, engine: python.engine, packages });
}

/** The model and its window in tokens; what is wrong with its server is told as that server told it. */
function modelText({ id, ok, provider, detail, contextTokens }: Health["engine"], t: SetUpTexts): string {
	if (!ok) return t("modelState", { id, detail });
	if (contextTokens !== undefined) return t("modelWindow", { id, tokens: contextTokens });
	return t(provider === "openai" ? "modelKey" : "modelReady", { id });
}

async function FactRows({ facts }: { facts: Fact[] }) {
	const t = await getTranslations("ask.setUp");
	return (
		<dl className="text-[13px]">
			{facts.map(({ name, isReady, text }) => (
				<div
					key={name}
					className="grid grid-cols-[16px_112px_minmax(0,1fr)] items-baseline gap-x-3 border-line py-2.5 not-first:border-t max-desk:grid-cols-[16px_minmax(0,1fr)]"
				>
					<dt className="col-span-2 grid grid-cols-subgrid items-baseline font-medium">
						{isReady ? <Ready label={t("ready")} /> : <Missing label={t("missing")} />}
						{name}
					</dt>
					<dd className="wrap-anywhere text-ink-2 max-desk:col-start-2">{text}</dd>
				</div>
			))}
		</dl>
	);
}

async function ReadyLine({ facts }: { facts: Fact[] }) {
	const t = await getTranslations("ask.setUp");
	return (
		<ul className="flex flex-wrap gap-x-6 gap-y-1.5 text-[13px] text-ink-3">
			{facts
				.filter(({ isReady }) => isReady)
				.map(({ name, text }) => (
					<li key={name} className="inline-flex items-baseline gap-1.5">
						<Ready label={t("ready")} />
						<span className="min-w-0 wrap-anywhere">{text}</span>
					</li>
				))}
		</ul>
	);
}

const Ready = ({ label }: { label: string }) => (
	<span className="translate-y-0.5 text-ok">
		<Check size={14} strokeWidth={2} aria-hidden="true" />
		<span className="sr-only">{label}</span>
	</span>
);

const Missing = ({ label }: { label: string }) => (
	<span className="translate-y-0.5 text-ink-3">
		<X size={14} strokeWidth={1.75} aria-hidden="true" />
		<span className="sr-only">{label}</span>
	</span>
);

/** What is set up and does not work, each with the line that mends it. */
async function Problems({ health: { problems, engine } }: { health: Health }) {
	const t = await getTranslations("ask.setUp.problems");
	const sentences = sentencesOf(sentencesFor(await getLocale()));
	if (problems.length === 0) return null;
	return (
		<ul className="mt-3 grid gap-2">
			{problems.map(({ id, what, setting = "" }) => (
				<li key={what} className="flex gap-2 rounded-md bg-warn-tint px-3 py-2 text-[13px]">
					<TriangleAlert size={14} strokeWidth={1.75} className="mt-[3px] shrink-0 text-warn" aria-hidden="true" />
					<span className="min-w-0 wrap-anywhere">
						<strong className="font-medium">{id === "nothing" ? t("nothing") : inLanguage(what, sentences)}</strong>{" "}
						<span className="text-ink-2">{t(`remedies.${id}`, { url: engine.baseUrl ?? "", setting })}</span>
					</span>
				</li>
			))}
		</ul>
	);
}
