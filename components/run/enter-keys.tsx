"use client";
import { CornerDownLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { Kbd } from "@/components/ui/kbd";

const never = () => () => undefined;
const isApple = () => /Mac|iPhone|iPad/.test(navigator.platform);

/** The keys that start a run, as this keyboard has them; nothing where there is none. */
export function EnterKeys() {
	const t = useTranslations("ask");
	const apple = useSyncExternalStore(never, isApple, () => false);
	return (
		<span className="inline-flex gap-1 pointer-coarse:hidden" aria-hidden="true">
			<Kbd>{apple ? "⌘" : t("control")}</Kbd>
			<Kbd>
				<CornerDownLeft size={11} strokeWidth={2} />
			</Kbd>
		</span>
	);
}
