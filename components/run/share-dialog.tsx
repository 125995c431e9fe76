"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { queryOf } from "@/components/report/document-query";
import { useSaveDocument } from "@/components/report/use-save-document";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Problem } from "@/components/ui/problem";
import { Segmented } from "@/components/ui/segmented";
import { SHAPED_KINDS } from "@/lib/trajectory/redaction-kinds";
import type { PublishScope } from "@/lib/trajectory/snapshot";
import { NewLink } from "./share-link";
import { ShareLinks } from "./share-links";
import { SharePreview } from "./share-preview";
import { type RedactionDraft, ShareRedaction } from "./share-redaction";
import { ShareScopes } from "./share-scopes";
import { useDeed } from "./use-deed";
import { useNewest, useRunActions, useRunDesk } from "./use-run";
import { useSharePreview } from "./use-share-preview";
import { useShares } from "./use-shares";

const ALL: RedactionDraft = { kinds: SHAPED_KINDS, words: "" };

/** Makes links, or a file, that show a run to others, after saying what they will show; lists and ends the links there are. */
export function ShareDialog({ open, onClose }: { open: boolean; onClose(): void }) {
	const t = useTranslations("sharing");
	return (
		<Dialog open={open} onClose={onClose} title={t("title")} description={t("what")} closeLabel={t("close")} wide>
			{open && <ShareDesk />}
		</Dialog>
	);
}

function ShareDesk() {
	const t = useTranslations("sharing");
	const { store } = useRunDesk();
	const actions = useRunActions();
	const { view } = useNewest();
	const [scope, setScope] = useState<PublishScope>(view.answer ? "report" : "trajectory");
	const [days, setDays] = useState("30");
	const [draft, setDraft] = useState(ALL);
	const [token, setToken] = useState<string>();
	const { links, set, revoke, problem } = useShares();
	const { act, isBusy, setback } = useDeed();
	const file = useSaveDocument();
	const words = draft.words.split(/[,，\n]/).map((word) => word.trim());
	const chosen = words.filter((word) => word !== "");
	const kinds = chosen.length > 0 ? [...draft.kinds, "words" as const] : draft.kinds;
	const choice = { scope, rules: { kinds, words: chosen } };
	const previewing = useSharePreview(choice);
	const isUnseen = previewing.preview === undefined;
	const create = () =>
		act(
			() => actions.createShare(store.runId, choice, days === "never" ? undefined : Number(days)),
			(made) => {
				setToken(made.token);
				set(made.shares);
			},
		);
	return (
		<div className="grid gap-5">
			<ShareScopes scope={scope} hasAnswer={view.answer !== undefined} onScope={setScope} />
			<ShareRedaction draft={draft} onDraft={setDraft} />
			<SharePreview {...previewing} />
			<div className="flex flex-wrap items-end justify-between gap-3 border-t border-line pt-4">
				<Expiry days={days} onDays={setDays} />
				<div className="flex flex-wrap gap-2 max-desk:w-full max-desk:flex-col-reverse">
					<Button disabled={file.isBusy || isUnseen} onClick={() => file.save("html", `?${queryOf(choice)}`)}>
						<span aria-live="polite">{file.isBusy ? t("savingFile") : t("saveFile")}</span>
					</Button>
					<Button variant="primary" disabled={isBusy || isUnseen} onClick={create}>
						{isBusy ? t("creating") : t("create")}
					</Button>
				</div>
			</div>
			<Problem text={setback?.message ?? file.problem} />
			{token !== undefined && links && <NewLink token={token} origin={links.origin} />}
			<ShareLinks links={links?.shares} problem={problem} onRevoke={revoke} />
		</div>
	);
}

const EXPIRIES = ["1", "7", "30", "90", "never"] as const;

function Expiry({ days, onDays }: { days: string; onDays(days: string): void }) {
	const t = useTranslations("sharing");
	return (
		<div className="max-desk:w-full">
			<p className="mb-1 text-[12px]/4 text-ink-3">{t("expiry")}</p>
			<Segmented
				label={t("expiry")}
				value={days}
				onChange={onDays}
				options={EXPIRIES.map((value) => ({
					value,
					label: value === "never" ? t("never") : t("days", { n: Number(value) }),
				}))}
			/>
		</div>
	);
}
