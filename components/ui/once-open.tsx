"use client";
import { type ReactNode, Suspense, useState } from "react";

/**
 * What costs nothing until it is opened first; its code may come with it. From then on it stays: a dialog that leaves
 * while it is open leaves the page behind it hidden from readers.
 */
export function OnceOpen({ open, children }: { open: boolean; children: ReactNode }) {
	const [isUsed, setUsed] = useState(open);
	if (open && !isUsed) setUsed(true);
	return <Suspense>{isUsed && children}</Suspense>;
}
