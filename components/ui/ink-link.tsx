import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";

/** A way to another page, in running text: ink with a quiet rule below, never coloured. */
export const InkLink = ({ href, children }: { href: Route; children: ReactNode }) => (
	<Link href={href} className="underline decoration-line-2 underline-offset-3 hover:decoration-ink">
		{children}
	</Link>
);
