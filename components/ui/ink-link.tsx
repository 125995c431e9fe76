import type { Route } from "next";
import type { ReactNode } from "react";
import { PageLink } from "@/components/ui/page-link";

/** A way to another page, in running text: ink with a quiet rule below, never coloured. */
export const InkLink = ({ href, children }: { href: Route; children: ReactNode }) => (
	<PageLink href={href} className="underline decoration-line-2 underline-offset-3 hover:decoration-ink">
		{children}
	</PageLink>
);
