"use client";
import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { type AskChoice, type AskSetUp, mcpOf } from "./ask-set-up";
import { McpServerTools } from "./mcp-server-tools";

type Props = { setUp: AskSetUp; choice: AskChoice; onChange(part: Partial<AskChoice>): void };

/** What a run may use besides search and reading: MCP servers, one by one, and sub-agents. */
export function MoreTools({ setUp, choice, onChange }: Props) {
	const t = useTranslations("ask.mayUse");
	const chosen = mcpOf(choice, setUp);
	const change = (name: string, isOn: boolean) =>
		onChange({ mcp: setUp.mcp.filter((known) => (known === name ? isOn : chosen.includes(known))) });
	return (
		<div className="mt-3 grid gap-1 border-t border-line pt-3">
			{setUp.mcp.length > 0 && <p className="text-[12px]/4 text-ink-3">{t("mcpServers")}</p>}
			{setUp.mcp.map((name) => (
				<McpServerTools
					key={name}
					server={name}
					isOn={chosen.includes(name)}
					onSwitch={(isOn) => change(name, isOn)}
					choice={choice}
					onChange={onChange}
				/>
			))}
			<Checkbox checked={choice.subAgents} onChange={(subAgents) => onChange({ subAgents })}>
				{t("subAgents")}
			</Checkbox>
			<p className="text-[12px]/[18px] text-ink-3">{t("subAgentsDetail")}</p>
		</div>
	);
}

/** What of it is chosen, in a few words; empty when nothing is. */
export function useMoreSaid(setUp: AskSetUp, choice: AskChoice): string {
	const t = useTranslations("ask.mayUse");
	const { length } = mcpOf(choice, setUp);
	return [length > 0 && t("mcpCount", { n: length }), choice.subAgents && t("subAgents")].filter(Boolean).join(" · ");
}
