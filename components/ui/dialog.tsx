"use client";
import { lazy, Suspense, useState } from "react";
import type { DialogProps } from "./dialog-frame";

const Frame = lazy(async () => ({ default: (await import("./dialog-frame")).DialogFrame }));

/**
 * A question or a form over the page: in its middle on a desktop, from the bottom on a phone. Esc and the backdrop close
 * it. Its code comes when it is opened first; from then on it stays, so that it can close in peace.
 */
export function Dialog(props: DialogProps) {
	const [isUsed, setUsed] = useState(props.open);
	if (props.open && !isUsed) setUsed(true);
	return <Suspense>{isUsed && <Frame {...props} />}</Suspense>;
}
