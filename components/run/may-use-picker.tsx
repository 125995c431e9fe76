"use client";
import { useTranslations } from "next-intl";
import { MultiSelect } from "@/components/ui/select";
import { type AskChoice, type AskSetUp, mcpOf } from "./ask-set-up";

const SUB_AGENTS = "sub-agents:";

type Props = { setUp: AskSetUp; choice: AskChoice; onChange(part: Partial<AskChoice>): void };

/** What a run may use besides search and reading: MCP servers, one by one, and sub-agents. */
export function MayUsePicker({ setUp, choice, onChange }: Props) {
	const t = useTranslations("ask.mayUse");
	const mcp = mcpOf(choice, setUp);
	const servers = { label: t("mcpServers"), options: setUp.mcp.map((name) => ({ value: name, label: name })) };
	const agents = { options: [{ value: SUB_AGENTS, label: t("subAgents"), detail: t("subAgentsDetail") }] };
	const said = [mcp.length > 0 && t("mcpCount", { n: mcp.length }), choice.subAgents && t("subAgents")];
	return (
		<MultiSelect
			label={t("name")}
			groups={setUp.mcp.length > 0 ? [servers, agents] : [agents]}
			value={[...mcp, ...(choice.subAgents ? [SUB_AGENTS] : [])]}
			onChange={(chosen) =>
				onChange({ mcp: chosen.filter((name) => name !== SUB_AGENTS), subAgents: chosen.includes(SUB_AGENTS) })
			}
		>
			{said.filter(Boolean).join(" · ") || t("nothing")}
		</MultiSelect>
	);
}
