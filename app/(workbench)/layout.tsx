import type { ReactNode } from "react";
import { Workbench } from "../workbench";

export default function WorkbenchLayout({ children }: { children: ReactNode }) {
	return <Workbench>{children}</Workbench>;
}
