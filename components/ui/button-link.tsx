import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { type ButtonLooks, buttonLooks } from "./button";

/** A way to another page that is the page's next step. */
export const ButtonLink = ({ href, children, ...look }: ButtonLooks & { href: Route; children: ReactNode }) => (
	<Link href={href} className={buttonLooks(look)}>
		{children}
	</Link>
);
