/** Whether a person wants to be told, and may be: `none` where the browser cannot tell. */
export type NotifyWish = "on" | "off" | "denied" | "none";

const KEY = "soundings-notify";
const listeners = new Set<() => void>();

export function readWish(): NotifyWish {
	if (!("Notification" in globalThis)) return "none";
	if (Notification.permission === "denied") return "denied";
	return Notification.permission === "granted" && localStorage.getItem(KEY) === "on" ? "on" : "off";
}

export function writeWish(isOn: boolean): void {
	if (isOn) localStorage.setItem(KEY, "on");
	else localStorage.removeItem(KEY);
	for (const listener of listeners) listener();
}

export function subscribeWish(listener: () => void): () => void {
	listeners.add(listener);
	addEventListener("storage", listener);
	return () => {
		listeners.delete(listener);
		removeEventListener("storage", listener);
	};
}
