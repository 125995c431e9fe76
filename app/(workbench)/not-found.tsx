import { NothingHere } from "@/components/shell/nothing-here";

export default function NotInTheWorkbench() {
	return <NothingHere />;
}
