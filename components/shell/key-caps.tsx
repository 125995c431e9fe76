import { useTranslations } from "next-intl";
import { Kbd } from "@/components/ui/kbd";

const GLYPHS: Record<string, string> = {
	ArrowUp: "↑",
	ArrowDown: "↓",
	ArrowLeft: "←",
	ArrowRight: "→",
	Enter: "↵",
};

/** The keys that do the same, side by side. */
export function KeyCaps({ keys }: { keys: readonly string[] }) {
	const t = useTranslations("commands.keys");
	const name = (key: string) => {
		if (key === " ") return t("space");
		if (key === "Escape") return t("escape");
		if (key === "Control") return t("control");
		return GLYPHS[key] ?? key;
	};
	return (
		<span className="inline-flex flex-none gap-1 text-ink-3">
			{keys.map((key) => (
				<Kbd key={key}>{name(key)}</Kbd>
			))}
		</span>
	);
}
