"use client";
import { Paperclip } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ChangeEvent, useRef } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS, OFFERED_ENDINGS } from "@/lib/trajectory/attachments";

/** The way to choose files without dragging or pasting them. */
export function AttachFiles({ onChoose, className }: { onChoose(files: File[]): void; className?: string }) {
	const t = useTranslations("attach");
	const chooser = useRef<HTMLInputElement>(null);
	const choose = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
		const chosen = [...(currentTarget.files ?? [])];
		// Else choosing the same file again would be no change.
		currentTarget.value = "";
		if (chosen.length > 0) onChoose(chosen);
	};
	const hint = t("hint", { files: MAX_ATTACHMENTS, mb: MAX_ATTACHMENT_BYTES / 1_000_000 });
	return (
		<div className={cn("flex items-center gap-2", className)}>
			<input
				ref={chooser}
				type="file"
				multiple
				hidden
				accept={[...OFFERED_ENDINGS, "text/*"].join(",")}
				data-chooser="attachments"
				onChange={choose}
			/>
			<Button variant="ghost" size="sm" title={hint} onClick={() => chooser.current?.click()}>
				<Paperclip size={14} strokeWidth={1.75} aria-hidden="true" />
				{t("add")}
			</Button>
		</div>
	);
}
