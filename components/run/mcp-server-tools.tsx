"use client";
import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { useSentence } from "@/components/ui/use-sentence";
import { namespaced } from "@/lib/trajectory/namespaced";
import { ofServers } from "./ask-set-up";
import { type ToolMarks, ToolRow } from "./tool-row";
import { useMcpTools } from "./use-mcp-tools";

type Marking = { server: string; choice: ToolMarks; onChange(part: Partial<ToolMarks>): void };
type Props = Marking & { isOn: boolean; onSwitch(isOn: boolean): void };

/** An MCP server that a run may use and, unfolded, its tools one by one. */
export function McpServerTools({ isOn, onSwitch, ...marking }: Props) {
	const t = useTranslations("ask");
	const words = useTranslations("ask.mayUse");
	const [isOpen, setOpen] = useState(false);
	const list = useId();
	const { server, choice } = marking;
	const off = ofServers(choice.withoutTools, [server]);
	const asking = ofServers(choice.approval, [server]).filter((name) => !off.includes(name));
	const marks = [
		off.length > 0 && words("off", { n: off.length }),
		asking.length > 0 && t("toolsAsk", { n: asking.length }),
	];
	const shown = marks.filter(Boolean).join(" · ") || t("tools");
	return (
		<div>
			<div className="flex min-h-8 items-center justify-between gap-3 max-desk:min-h-10">
				<Checkbox checked={isOn} onChange={onSwitch} className="min-w-0">
					<span className="font-mono text-[12.5px]/5 [overflow-wrap:anywhere]">{server}</span>
				</Checkbox>
				{isOn && (
					<button
						type="button"
						aria-expanded={isOpen}
						aria-controls={list}
						aria-label={`${shown}, ${words("toolsOf", { name: server })}`}
						onClick={() => setOpen(!isOpen)}
						className="flex flex-none items-center gap-1 rounded-sm py-1 text-[12px]/4 text-ink-3 hover:text-ink max-desk:py-3"
					>
						<span>{shown}</span>
						<ChevronRight size={14} strokeWidth={1.75} className={cn(isOpen && "rotate-90")} aria-hidden="true" />
					</button>
				)}
			</div>
			<div id={list}>{isOn && isOpen && <ToolList {...marking} />}</div>
		</div>
	);
}

function ToolList({ server, choice, onChange }: Marking) {
	const t = useTranslations("ask");
	const words = useTranslations("ask.mayUse");
	const sentence = useSentence();
	const read = useMcpTools(server, t("unreachable"));
	const said = "pb-1 pl-6 text-[12px]/[18px] text-ink-3 [overflow-wrap:anywhere]";
	if (!read) return <p className={said}>{words("looking")}</p>;
	if (!read.ok) {
		return (
			<p role="alert" className={said}>
				{sentence(read.why)}
			</p>
		);
	}
	if (read.tools.length === 0) return <p className={said}>{words("noTools")}</p>;
	return (
		<ul
			aria-label={words("toolsOf", { name: server })}
			className="mb-1 max-h-72 overflow-y-auto border-l border-line pl-3 ml-2"
		>
			{read.tools.map(({ name, asks }) => (
				<ToolRow
					key={name}
					name={name}
					id={namespaced(server, name)}
					choice={choice}
					alwaysAsks={asks}
					onChange={onChange}
				/>
			))}
		</ul>
	);
}
