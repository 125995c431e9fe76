import { NothingHere } from "@/components/shell/nothing-here";

/** Stands outside the workbench and is sent along with every page, shared ones too: it must hold nothing of the workbench. */
export default function NotFound() {
	return (
		<main>
			<NothingHere />
		</main>
	);
}
