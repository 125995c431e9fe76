"use client";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Intakes } from "@/lib/trajectory/library-view";
import type { LibraryDoors } from "./library-doors";
import { NO_UPLOADS, readUploads, subscribeUploads, type Uploads } from "./upload-store";

const LOOK_MS = 1000;
const nothing = () => NO_UPLOADS;

type Line = { uploads: Uploads; intakes: Intakes; isLost: boolean; look(): Promise<void> };

/**
 * The files on their way into the library: those this tab sends and those the server reads, looked at every second while
 * something moves and the page is seen. What came in is drawn anew.
 */
export function useIntakes(first: Intakes, load: LibraryDoors["loadIntakes"]): Line {
	const router = useRouter();
	const uploads = useSyncExternalStore(subscribeUploads, readUploads, nothing);
	const [kept, setKept] = useState({ first, intakes: first, isLost: false });
	const { intakes, isLost } = kept.first === first ? kept : { intakes: first, isLost: false };
	const asking = useRef(false);
	const arrived = useRef(0);
	const look = useCallback(async () => {
		if (asking.current) return;
		asking.current = true;
		const now = await load().catch(() => undefined);
		asking.current = false;
		setKept((old) => ({ first, intakes: now ?? old.intakes, isLost: now === undefined }));
		if (!now) return;
		const { added, failed } = now.counts;
		if (added + failed !== arrived.current) router.refresh();
		arrived.current = added + failed;
	}, [load, first, router]);
	useEffect(() => {
		arrived.current = first.counts.added + first.counts.failed;
	}, [first]);
	const { waiting, reading } = intakes.counts;
	const moves = uploads.left > 0 || waiting + reading > 0;
	const wasMoving = useRef(false);
	useEffect(() => {
		// Once more after the last file was sent: the server may have read it before anybody looked.
		if (!moves && wasMoving.current) void look();
		wasMoving.current = moves;
		if (!moves) return;
		const timer = setInterval(() => {
			if (!document.hidden) void look();
		}, LOOK_MS);
		return () => clearInterval(timer);
	}, [moves, look]);
	return { uploads, intakes, isLost, look };
}
