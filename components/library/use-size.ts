"use client";
import { useFormatter } from "next-intl";
import { useCallback } from "react";

const KB = 1000;
const MB = 1_000_000;

/** `340 kB`, `2.1 MB`. */
export function useSize(): (bytes: number) => string {
	const format = useFormatter();
	return useCallback(
		(bytes) =>
			bytes < MB
				? format.number(Math.ceil(bytes / KB), { style: "unit", unit: "kilobyte" })
				: format.number(bytes / MB, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 }),
		[format],
	);
}
