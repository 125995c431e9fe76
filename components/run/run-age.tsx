import { useFormatter, useNow } from "next-intl";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const YEAR = 300 * DAY;

/** When a run was started: how long ago while that is easy to grasp, then the day. The exact time is in the tip. */
export function RunAge({ at }: { at: number }) {
	const format = useFormatter();
	const now = useNow({ updateInterval: MINUTE });
	const age = now.getTime() - at;
	const day = { day: "numeric", month: "short", ...(age > YEAR && { year: "numeric" as const }) } as const;
	const words = age < DAY ? format.relativeTime(at, { now, style: "narrow" }) : format.dateTime(at, day);
	return (
		<time dateTime={new Date(at).toISOString()} title={format.dateTime(at, { dateStyle: "full", timeStyle: "short" })}>
			{words}
		</time>
	);
}
