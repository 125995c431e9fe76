"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { endingOf } from "./ending";
import { readWish } from "./notify-wish";
import { useQuestion } from "./use-question";
import { useRunDesk } from "./use-run";
import { useRunWords } from "./use-run-words";

function notify(title: string, body: string, tag: string): void {
	const note = new Notification(title, { body, tag });
	note.onclick = () => {
		window.focus();
		note.close();
	};
}

/** Tells that the run has ended or asks something, before our eyes, when somebody wants to know and nobody looks. */
export function Notifier() {
	const { store } = useRunDesk();
	const t = useTranslations("fork");
	const asks = useTranslations("approval");
	const { t: words } = useRunWords();
	const wasGoing = useRef(false);
	useQuestion(() => {
		if (document.hidden && readWish() === "on") notify(store.newest.title, asks("notify"), store.runId);
	});
	useEffect(
		() =>
			store.subscribe(() => {
				const view = store.newest;
				if (view.state !== "ended") {
					if (store.isCaughtUp) wasGoing.current = true;
					return;
				}
				if (!wasGoing.current) return;
				wasGoing.current = false;
				if (!document.hidden || readWish() !== "on" || !view.outcome) return;
				const { word } = endingOf(view.outcome, view.answer !== undefined);
				const body = t("notifyBody", { outcome: words(`outcomes.${word}`), n: view.calls });
				notify(view.title, body, store.runId);
			}),
		[store, t, words],
	);
	return null;
}
