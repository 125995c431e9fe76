import type { ComponentProps } from "react";
import { EmptyState } from "./empty-state";

/** A page that has nothing but to say why: its heading is the page's own. */
export const EmptyPage = (props: Omit<ComponentProps<typeof EmptyState>, "heading">) => (
	<div className="mx-auto max-w-[560px] px-6 py-24 max-desk:px-4 max-desk:py-14">
		<EmptyState heading="h1" {...props} />
	</div>
);
