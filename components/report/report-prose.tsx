import { useTranslations } from "next-intl";
import { type ComponentType, useMemo } from "react";
import Markdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { type CiteProps, statementMarks } from "@/lib/trajectory/cite-marks";
import { honestLinks, safeAddress } from "@/lib/trajectory/outer-links";
import type { Citation } from "@/lib/trajectory/report";
import { ImagePlace } from "./image-place";
import { RENDERED } from "./rendered";
import { UncitedMark } from "./uncited-mark";

/** Web and mail addresses only; everything else leads nowhere. */
const safeUrl = (url: string): string => safeAddress(url) ?? "";

const plainParts: Components = {
	h1: "h2",
	h2: "h3",
	h3: "h4",
	h4: "h5",
	h5: "h6",
	a: ({ href, children }) =>
		href ? (
			<a href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
				{children}
			</a>
		) : (
			<span>{children}</span>
		),
	img: ({ src, alt }) => <ImagePlace src={typeof src === "string" ? src : ""} alt={alt ?? ""} />,
	table: ({ children }) => (
		<div className="my-4 overflow-x-auto">
			<table>{children}</table>
		</div>
	),
};

/** A report that begins below "#" has its first sections right under the run's title, as a reader of headings sees it. */
const untitledParts: Components = {
	h2: ({ children }) => <h3 aria-level={2}>{children}</h3>,
	h3: ({ children }) => <h4 aria-level={3}>{children}</h4>,
	h4: ({ children }) => <h5 aria-level={4}>{children}</h5>,
};
const hasTitle = (markdown: string) => /^# /m.test(markdown);

const PROSE = [
	"text-[16px]/[26px] text-pretty [overflow-wrap:anywhere] desk:text-[17px]/7",
	"[&_p]:my-3.5 [&>:first-child]:mt-0",
	"[&_h2]:mt-8 [&_h2]:mb-2 [&_h2]:text-[22px]/7 [&_h2]:font-semibold [&_h2]:tracking-[-0.02em] desk:[&_h2]:text-[26px]/[33px]",
	"[&_:is(h3,h4,h5,h6)]:mt-[30px] [&_:is(h3,h4,h5,h6)]:mb-1.5 [&_:is(h3,h4,h5,h6)]:text-[17px]/6 [&_:is(h3,h4,h5,h6)]:font-semibold",
	"[&_:is(ul,ol)]:my-3.5 [&_:is(ul,ol)]:pl-6 [&_ol]:list-decimal [&_ul]:list-disc [&_li]:my-1 [&_li]:marker:text-ink-3",
	"[&_a]:underline [&_a]:decoration-line-2 [&_a]:underline-offset-[3px] hover:[&_a]:decoration-ink",
	"[&_blockquote]:my-4 [&_blockquote]:border-l-2 [&_blockquote]:border-ink [&_blockquote]:pl-4",
	"[&_code]:font-mono [&_code]:text-[.88em] [&_pre]:my-4 [&_pre]:overflow-x-auto [&_pre]:rounded-md [&_pre]:border [&_pre]:border-line [&_pre]:bg-sunk [&_pre]:px-4 [&_pre]:py-3 [&_pre]:text-[14px]/[22px]",
	"[&_table]:w-full [&_table]:text-[14px]/5 [&_th]:border-b [&_th]:border-line-2 [&_th]:py-2 [&_th]:pr-4 [&_th]:text-left [&_th]:font-medium [&_th]:text-ink-3 [&_td]:border-b [&_td]:border-line [&_td]:py-2 [&_td]:pr-4 [&_td]:align-top [&_td]:tabular-nums",
	"[&_hr]:my-6 [&_hr]:border-line [&_strong]:font-semibold",
].join(" ");

/** A citation as it is drawn; `claims` is what it stands behind, the sentence first. */
export type Cite = ComponentType<{ citation: Citation; claims: readonly string[] }>;

type ProseProps = { markdown: string; citations: readonly Citation[]; cite: Cite };

/** Untrusted markdown: no raw HTML, no remote images, links that name their host and tell nothing of this page. */
export function ReportProse({ markdown, citations, cite: Cite }: ProseProps) {
	const isTitled = hasTitle(markdown);
	const unlinked = useTranslations("report")("unlinked");
	const { plugins, components } = useMemo(() => {
		const byNumber = new Map(citations.map((citation) => [citation.n, citation]));
		const cite = ({ n, claim = "", before = "" }: CiteProps) => {
			if (n === undefined) return <UncitedMark claim={claim} />;
			const citation = byNumber.get(n);
			return citation && <Cite citation={citation} claims={[claim, before]} />;
		};
		return {
			plugins: [remarkGfm, statementMarks(new Set(byNumber.keys())), honestLinks(unlinked)],
			components: { ...plainParts, ...(isTitled ? {} : untitledParts), cite },
		};
	}, [citations, isTitled, unlinked, Cite]);
	return (
		<div dir="auto" className={PROSE}>
			<Markdown skipHtml urlTransform={safeUrl} remarkPlugins={plugins} components={components}>
				{markdown.slice(0, RENDERED)}
			</Markdown>
		</div>
	);
}
