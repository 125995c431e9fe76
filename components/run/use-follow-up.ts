"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type RefObject, useState } from "react";
import { type Hindrance, useAttachments } from "./use-attachments";
import { useDeed } from "./use-deed";
import { useDraft } from "./use-draft";
import { useRunActions, useRunDesk, useRunValue } from "./use-run";

const FIELDS = ["question", "attachments"] as const;

/** The further question that is being written with its files, both kept in this browser run by run, and how it is asked. */
export function useFollowUp(box: RefObject<HTMLTextAreaElement | null>) {
	const attach = useTranslations("attach");
	const { store, seesImages = false } = useRunDesk();
	const engine = useRunValue(({ view }) => view.settings?.model.provider);
	const actions = useRunActions();
	const router = useRouter();
	const { act, isBusy, setback, forget } = useDeed();
	const [hindrance, setHindrance] = useState<Hindrance>();
	const name = `follow-up:${store.runId}`;
	const draft = useDraft("", box, name);
	const attachments = useAttachments(name);
	const { ids } = attachments;
	const ask = () => {
		setHindrance(attachments.hindrance);
		if (attachments.hindrance) return;
		const files = ids.length > 0 ? { attachments: ids } : {};
		act(
			() => actions.fork(store.runId, { kind: "follow_up", question: draft.text, ...files }),
			({ runIds: [id] }) => {
				draft.drop();
				attachments.drop();
				if (id !== undefined) router.push(`/runs/${id}`);
			},
		);
	};
	const fieldOf = FIELDS.find((known) => known === setback?.field);
	return {
		draft,
		write: (text: string) => {
			draft.write(text);
			setHindrance(undefined);
			forget();
		},
		attachments,
		/** Whether the model that answers is shown pictures. */
		sees: seesImages && engine !== "extractive",
		ask,
		isBusy,
		/** What is wrong with a field; without one, with the whole. */
		problemOf: (field: (typeof FIELDS)[number] | undefined): string | undefined => {
			if (field === "attachments" && hindrance && hindrance === attachments.hindrance) return attach(hindrance);
			return field === fieldOf ? setback?.message : undefined;
		},
	};
}
