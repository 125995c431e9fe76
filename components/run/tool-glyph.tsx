import {
	Diamond,
	FileText,
	Library,
	type LucideIcon,
	Search,
	Terminal,
	TriangleAlert,
	Undo2,
	UserRound,
} from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { ToolKind } from "@/lib/trajectory/tool-kind";

export type Glyph = ToolKind | "error" | "rolledBack" | "person";

/** Hue and glyph of a tool or a state: the hue colours the tile and the glyph, never text. */
const GLYPHS: Record<Glyph, { icon: LucideIcon; tile: string; bare: string }> = {
	search: { icon: Search, tile: "bg-tool-search/12", bare: "text-tool-search" },
	library: { icon: Library, tile: "bg-tool-library/12", bare: "text-tool-library" },
	read: { icon: FileText, tile: "bg-tool-read/12", bare: "text-tool-read" },
	code: { icon: Terminal, tile: "bg-tool-code/12", bare: "text-tool-code" },
	other: { icon: Diamond, tile: "bg-tool-other/12", bare: "text-tool-other" },
	error: { icon: TriangleAlert, tile: "bg-error/12", bare: "text-error" },
	rolledBack: { icon: Undo2, tile: "bg-ink-2/12", bare: "text-ink-2" },
	person: { icon: UserRound, tile: "bg-accent/12", bare: "text-accent" },
};

/** The 20 px tile of a row, or the bare 14 px glyph of a chip. */
export function ToolGlyph({ glyph, bare = false }: { glyph: Glyph; bare?: boolean }) {
	const { icon: Icon, tile, bare: hue } = GLYPHS[glyph];
	const frame = bare ? "size-3.5" : `size-5 rounded-[4px] ${tile}`;
	return (
		<span className={cn("inline-grid shrink-0 place-items-center", frame, hue)} aria-hidden="true">
			<Icon size={14} strokeWidth={1.75} />
		</span>
	);
}
