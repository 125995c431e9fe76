"use client";
import { Bell, BellOff, BellRing } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { type NotifyWish, readWish, subscribeWish, writeWish } from "./notify-wish";

const ICON = { size: 15, strokeWidth: 1.5, "aria-hidden": true } as const;
const GLYPHS = { on: BellRing, off: Bell, denied: BellOff };
const none = (): NotifyWish => "none";

/** Whether the browser tells when a run has ended; kept in this browser, for all runs. */
export function NotifySwitch() {
	const t = useTranslations("fork");
	const wish = useSyncExternalStore(subscribeWish, readWish, none);
	const [isTold, setTold] = useState(false);
	useEffect(() => {
		if (!isTold) return;
		const timer = setTimeout(() => setTold(false), 9000);
		return () => clearTimeout(timer);
	}, [isTold]);
	if (wish === "none") return;
	const Glyph = GLYPHS[wish];
	const isOn = wish === "on";
	const press = async () => {
		if (isOn) writeWish(false);
		else if (wish === "denied" || (await Notification.requestPermission()) !== "granted") setTold(true);
		else writeWish(true);
	};
	return (
		<span className="relative max-desk:flex-none!">
			<Button
				size="icon"
				role="switch"
				aria-checked={isOn}
				aria-label={t("notify")}
				title={isOn ? t("notifyOn") : t("notify")}
				className={cn(isOn && "text-accent")}
				onClick={() => void press()}
			>
				<Glyph {...ICON} />
			</Button>
			{isTold && (
				<span
					role="status"
					className="absolute top-full right-0 z-20 mt-1.5 w-72 rounded-md border border-line-2 bg-surface px-3 py-2 text-[12px]/[18px] text-ink-2 shadow-float"
				>
					{t("notifyDenied")}
				</span>
			)}
		</span>
	);
}
