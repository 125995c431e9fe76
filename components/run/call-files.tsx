"use client";
import { cn } from "@/components/ui/cn";
import type { RunFile } from "@/lib/trajectory/event";
import type { CallRow } from "@/lib/trajectory/row";
import { Section } from "./inspector-section";
import { useRunDesk } from "./use-run";
import { useRunWords } from "./use-run-words";

const isPicture = ({ type }: RunFile): boolean => type.startsWith("image/");

/** Where a file is; nowhere when it was not passed on with the run. */
function useFileHref() {
	const { store } = useRunDesk();
	return ({ hash, name }: RunFile): string | undefined =>
		hash === "" ? undefined : `/api/runs/${store.runId}/files/${hash}/${encodeURIComponent(name)}`;
}

type PictureProps = { file: RunFile; href: string; className: string };

/** A picture of its own size as far as there is room. Plots are drawn on white, so it stands on white. */
const Picture = ({ file: { name, width, height }, href, className }: PictureProps) => (
	// biome-ignore lint/performance/noImgElement: the file is served as it is, by its hash.
	<img
		src={href}
		alt={name}
		loading="lazy"
		decoding="async"
		{...(width && height && { width, height })}
		className={cn("block w-auto max-w-full rounded-md border border-line bg-white object-contain", className)}
	/>
);

const SHOWN_IN_ROW = 3;

/** The pictures a call left, small, under its result. */
export function RowPictures({ row }: { row: CallRow }) {
	const hrefOf = useFileHref();
	const { t } = useRunWords();
	const pictures = row.files.filter(isPicture);
	if (pictures.length === 0) return;
	const shown = pictures.slice(0, SHOWN_IN_ROW);
	return (
		<div className="mt-1.5 flex flex-wrap items-end gap-2 text-[12px]/4 text-ink-3">
			{shown.map((file) => {
				const href = hrefOf(file);
				return href === undefined ? (
					<span key={file.name}>{t("files.notPassedOn", { name: file.name })}</span>
				) : (
					<Picture key={file.name} file={file} href={href} className="h-[104px]" />
				);
			})}
			{pictures.length > shown.length && <span>{t("files.more", { n: pictures.length - shown.length })}</span>}
		</div>
	);
}

/** All files a call left: pictures as large as there is room, each with its name, its size, and the way to it. */
export function FilesSection({ row }: { row: CallRow }) {
	const { t } = useRunWords();
	const hrefOf = useFileHref();
	if (row.files.length === 0) return;
	return (
		<Section name={t("files.name", { n: row.files.length })}>
			<ul className="grid gap-3 text-[13px]/[18px]">
				{row.files.map((file) => (
					<FileEntry key={file.name} file={file} href={hrefOf(file)} />
				))}
			</ul>
		</Section>
	);
}

function FileEntry({ file, href }: { file: RunFile; href: string | undefined }) {
	const { t, count } = useRunWords();
	const { name, width, height, bytes } = file;
	const size = t("files.size", { kb: count(Math.max(1, Math.round(bytes / 1024))) });
	const facts =
		width && height ? `${t("files.pixels", { width: count(width), height: count(height) })} · ${size}` : size;
	return (
		<li className="grid gap-1">
			{href !== undefined && isPicture(file) && (
				<a href={href} target="_blank" rel="noreferrer" aria-label={t("files.open", { name })}>
					<Picture file={file} href={href} className="h-auto max-h-[420px]" />
				</a>
			)}
			<span className="flex flex-wrap items-baseline gap-x-2 [overflow-wrap:anywhere]">
				{href === undefined ? (
					<span>{t("files.notPassedOn", { name })}</span>
				) : (
					<a
						href={href}
						target="_blank"
						rel="noreferrer"
						className="underline decoration-line-2 underline-offset-[3px] hover:decoration-ink"
					>
						{name}
					</a>
				)}
				<span className="text-[12px]/4 text-ink-3 tabular-nums">{facts}</span>
			</span>
		</li>
	);
}
