"use client";
import { lazy } from "react";
import type { DialogProps } from "./dialog-frame";
import { OnceOpen } from "./once-open";

const Frame = lazy(async () => ({ default: (await import("./dialog-frame")).DialogFrame }));

/**
 * A question or a form over the page: in its middle on a desktop, from the bottom on a phone. Esc and the backdrop close
 * it.
 */
export function Dialog(props: DialogProps) {
	return (
		<OnceOpen open={props.open}>
			<Frame {...props} />
		</OnceOpen>
	);
}
