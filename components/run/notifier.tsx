"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { endingOf } from "./ending";
import { readWish } from "./notify-wish";
import { useRunDesk } from "./use-run";
import { useRunWords } from "./use-run-words";

/** Tells that the run has ended when it ended before our eyes, somebody wants to know, and nobody looks. */
export function Notifier() {
	const { store } = useRunDesk();
	const t = useTranslations("fork");
	const { t: words } = useRunWords();
	const wasGoing = useRef(false);
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
				const note = new Notification(view.title, { body, tag: store.runId });
				note.onclick = () => {
					window.focus();
					note.close();
				};
			}),
		[store, t, words],
	);
	return null;
}
