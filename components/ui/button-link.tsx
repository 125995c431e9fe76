import type { Route } from "next";
import type { ReactNode } from "react";
import { PageLink } from "@/components/ui/page-link";
import { type ButtonLooks, buttonLooks } from "./button";

/** A way to another page that is the page's next step. */
export const ButtonLink = ({ href, children, ...look }: ButtonLooks & { href: Route; children: ReactNode }) => (
	<PageLink href={href} className={buttonLooks(look)}>
		{children}
	</PageLink>
);
