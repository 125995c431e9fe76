"use client";
import { useFormatter, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { collectionNameOf, MAX_CORPUS_BYTES, MAX_FILE_BYTES } from "@/lib/trajectory/library-files";
import type { Staged } from "./staged";
import { useSize } from "./use-size";

const MB = 1_000_000;
const EXAMPLES = 3;

type Props = {
	staged: Staged | undefined;
	/** Where they go unless another name is written. */
	into: string;
	known: readonly string[];
	onClose(): void;
	onSend(collection: string): void;
};

/** What of the chosen files would be added, what stays out and why, and into which collection. */
export function StagedDialog({ staged, into, known, onClose, onSend }: Props) {
	const t = useTranslations("library.staged");
	const size = useSize();
	const [typed, setTyped] = useState<string>();
	const list = useId();
	const n = staged?.taken.length ?? 0;
	const name = typed ?? into;
	const collection = collectionNameOf(name);
	const bytes = staged?.taken.reduce((sum, { file }) => sum + file.size, 0) ?? 0;
	const close = () => {
		setTyped(undefined);
		onClose();
	};
	const submit = () => {
		if (n === 0 || collection === undefined) return;
		setTyped(undefined);
		onSend(collection);
	};
	return (
		<Dialog
			open={staged !== undefined}
			onClose={close}
			title={n > 0 ? t("title", { n }) : t("none")}
			description={n > 0 && size(bytes)}
			closeLabel={t("close")}
			actions={
				<>
					<Button onClick={close}>{t("cancel")}</Button>
					{n > 0 && (
						<Button variant="primary" disabled={collection === undefined} onClick={submit}>
							{t("add", { n })}
						</Button>
					)}
				</>
			}
		>
			{n > 0 && (
				<form action={submit}>
					<TextField
						label={t("into")}
						hint={t("intoHint")}
						error={collection === undefined ? t("badName") : undefined}
						value={name}
						onChange={setTyped}
						list={list}
						autoComplete="off"
					/>
					<datalist id={list}>
						{known.map((each) => (
							<option key={each} value={each} />
						))}
					</datalist>
				</form>
			)}
			{staged && staged.refused.length > 0 && <StayOut refused={staged.refused} />}
		</Dialog>
	);
}

function StayOut({ refused }: Pick<Staged, "refused">) {
	const t = useTranslations("library.staged");
	const format = useFormatter();
	const all = refused.reduce((sum, { files }) => sum + files.length, 0);
	return (
		<section className="not-first:mt-4">
			<h3 className="text-[13px]/5 font-medium">{t("out", { n: all })}</h3>
			<ul className="mt-1 grid gap-1.5 text-[13px]/5 text-ink-2">
				{refused.map(({ why, files }) => (
					<li key={why} className="wrap-anywhere">
						{t(`why.${why}`, {
							n: files.length,
							examples: format.list(
								[
									...files.slice(0, EXAMPLES).map(({ path }) => shortened(path)),
									...(files.length > EXAMPLES ? ["…"] : []),
								],
								{ type: "unit", style: "short" },
							),
							file: MAX_FILE_BYTES / MB,
							corpus: MAX_CORPUS_BYTES / MB,
						})}
					</li>
				))}
			</ul>
		</section>
	);
}

const shortened = (path: string): string => (path.length > 60 ? `…${path.slice(-58)}` : path);
