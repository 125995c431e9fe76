"use client";
import { FileText, Image, Loader, RotateCcw, TriangleAlert, X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useSize } from "@/components/library/use-size";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { useSentence } from "@/components/ui/use-sentence";
import { isPicture } from "@/lib/trajectory/attachments";
import type { Attaching } from "./attach-store";
import type { Attachments } from "./use-attachments";

const ICON = { size: 14, strokeWidth: 1.75, "aria-hidden": true } as const;

type FilesProps = { attachments: Attachments; sees: boolean; className: string };

/** The files of the question being written: where each is, what is wrong with it, and how to be rid of it. */
export function AttachedFiles({ attachments, sees, className }: FilesProps) {
	const t = useTranslations("attach");
	const { files, leftOut } = attachments;
	if (files.length === 0 && leftOut === "") return null;
	return (
		<div className={className}>
			<ul aria-label={t("list")} className="grid grid-cols-[repeat(auto-fill,minmax(264px,1fr))] gap-2">
				{files.map((file) => (
					<Chip key={file.key} file={file} attachments={attachments} sees={sees} />
				))}
			</ul>
			{leftOut && (
				<p role="alert" className="mt-2 text-[13px]/5 text-error wrap-anywhere">
					{leftOut}
				</p>
			)}
		</div>
	);
}

type ChipProps = { file: Attaching; attachments: Attachments; sees: boolean };

function Chip({ file, attachments, sees }: ChipProps) {
	const t = useTranslations("attach");
	const size = useSize();
	const isBad = file.state === "failed";
	return (
		<li
			className={cn(
				"relative grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-2 overflow-hidden rounded-md border border-line-2 py-1.5 pr-1 pl-2.5",
				isBad && "col-span-full border-error/40 bg-error-tint",
			)}
		>
			<span className={cn("mt-[3px]", isBad ? "text-error" : "text-ink-3")}>
				<Sign file={file} />
			</span>
			<span className="min-w-0">
				<span className="flex min-w-0 items-baseline gap-2 text-[13px]/5">
					<bdi title={file.name} className={cn("min-w-0 font-medium", isBad ? "wrap-anywhere" : "truncate")}>
						{file.name}
					</bdi>
					<span className="shrink-0 text-[12px]/4 text-ink-3 tabular-nums">{size(file.bytes)}</span>
				</span>
				<span className={cn("block text-[12px]/[17px]", isBad ? "text-ink" : "text-ink-3")}>
					<State file={file} sees={sees} />
				</span>
			</span>
			<span className="flex">
				{isBad && file.file && (
					<Button
						variant="ghost"
						size="icon-sm"
						aria-label={t("retryOf", { name: file.name })}
						title={t("retry")}
						onClick={() => attachments.again(file)}
					>
						<RotateCcw {...ICON} />
					</Button>
				)}
				<Button
					variant="ghost"
					size="icon-sm"
					aria-label={t("remove", { name: file.name })}
					title={t("remove", { name: file.name })}
					onClick={() => attachments.remove(file)}
				>
					<X {...ICON} />
				</Button>
			</span>
			{file.state === "sending" && (
				<span
					className="absolute bottom-0 left-0 h-0.5 bg-accent"
					style={{ width: `${(100 * file.sent) / Math.max(1, file.bytes)}%` }}
				/>
			)}
		</li>
	);
}

function Sign({ file }: { file: Attaching }) {
	if (file.state === "failed") return <TriangleAlert {...ICON} />;
	if (file.state !== "ready") return <Loader {...ICON} className="motion-safe:animate-spin" />;
	return isPicture(file.attachment) ? <Image {...ICON} /> : <FileText {...ICON} />;
}

function State({ file, sees }: { file: Attaching; sees: boolean }) {
	const t = useTranslations("attach");
	const format = useFormatter();
	const worded = useSentence();
	switch (file.state) {
		case "sending":
			return t("sending", { percent: format.number(file.sent / Math.max(1, file.bytes), { style: "percent" }) });
		case "reading":
			return t("reading");
		case "failed":
			if (file.why === "gone") return t("gone");
			return <span role="alert">{file.why === "" ? t("lost") : worded(file.why)}</span>;
		case "ready": {
			const { chars, cut } = file.attachment;
			if (isPicture(file.attachment)) return t(sees ? "seen" : "picture");
			return cut ? t("cut", { n: chars }) : t("characters", { n: chars });
		}
		default:
			return file satisfies never;
	}
}
