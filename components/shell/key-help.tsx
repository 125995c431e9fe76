"use client";
import { useTranslations } from "next-intl";
import { Dialog } from "@/components/ui/dialog";
import { Switch } from "@/components/ui/switch";
import { KeyCaps } from "./key-caps";
import { COMMAND_GROUPS } from "./key-presses";
import { useCommands, useSingleKeys } from "./use-commands";

/** The keys of this page, and the switch that turns single keys off. */
export function KeyHelp({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
	const t = useTranslations("commands");
	const { commands } = useCommands();
	const [isOn, choose] = useSingleKeys();
	const offered = [...commands.values()].filter(({ keys }) => keys);
	return (
		<Dialog
			open={isOpen}
			onClose={onClose}
			title={t("helpTitle")}
			description={t("helpDetail")}
			closeLabel={t("close")}
		>
			<Switch checked={isOn} onChange={choose}>
				{t("singleKeys")}
			</Switch>
			<dl className="mt-3 text-[13px]/5">
				<Line label={t("palette")} keys={["Control", "K"]} />
				{COMMAND_GROUPS.map((group) =>
					offered
						.filter((command) => command.group === group)
						.map(({ id, label, keys = [] }) => <Line key={id} label={label} keys={keys} />),
				)}
			</dl>
		</Dialog>
	);
}

const Line = ({ label, keys }: { label: string; keys: readonly string[] }) => (
	<div className="flex min-h-8 items-center justify-between gap-4 border-b border-line py-1 last:border-0">
		<dt className="min-w-0">{label}</dt>
		<dd>
			<KeyCaps keys={keys} />
		</dd>
	</div>
);
