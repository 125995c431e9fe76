/** A way to start Chromium: its program, what stands before it, and whether its own sandbox is on. */
export type Start = { program: string; before: readonly string[]; more: readonly string[] };

const OFF_FEATURES = [
	"AutofillServerCommunication",
	"AutoDeElevate",
	"CertificateTransparencyComponentUpdater",
	"DestroyProfileOnBrowserClose",
	"DialMediaRouteProvider",
	"GlobalMediaControls",
	"HttpsUpgrades",
	"LensOverlay",
	"MediaRouter",
	"NetworkTimeServiceQuerying",
	"OptimizationHints",
	"PaintHolding",
	"PreconnectToSearch",
	"Translate",
];

/**
 * All that Chromium is started with. Nothing leaves but through the proxy, loopback included (`<-loopback>`); names are
 * never looked up by the browser; no UDP. Playwright's own flags are not used: they switch pop-up and flood guards off.
 */
export const chromiumFlags = (profile: string, proxyPort: number): string[] => [
	"--headless",
	`--user-data-dir=${profile}`,
	"--remote-debugging-pipe",
	"--no-startup-window",
	"--enable-automation",
	`--proxy-server=http://127.0.0.1:${proxyPort}`,
	"--proxy-bypass-list=<-loopback>",
	"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
	"--webrtc-ip-handling-policy=disable_non_proxied_udp",
	"--disable-quic",
	`--disable-features=${OFF_FEATURES.join(",")}`,
	"--disable-field-trial-config",
	"--disable-background-networking",
	"--disable-breakpad",
	"--disable-component-extensions-with-background-pages",
	"--disable-component-update",
	"--disable-default-apps",
	"--disable-dev-shm-usage",
	"--disable-domain-reliability",
	"--disable-extensions",
	"--disable-gpu",
	"--disable-search-engine-choice-screen",
	"--disable-sync",
	"--metrics-recording-only",
	"--mute-audio",
	"--no-default-browser-check",
	"--no-first-run",
	"--no-service-autorun",
	"--password-store=basic",
	"--js-flags=--max-old-space-size=384",
	"--use-mock-keychain",
];

/** Flags under which pages are not rendered, whatever put them there. */
const WEAKENING =
	/^--(?:no-sandbox|disable-setuid-sandbox|disable-namespace-sandbox|disable-seccomp-filter-sandbox|disable-web-security|single-process|no-zygote|no-proxy-server|proxy-pac-url|proxy-auto-detect|remote-debugging-port)(?:=|$)/;

/** What of a browser's command line weakens it, or is not the flag that was asked for; undefined when nothing does. */
export function weakness(line: readonly string[], wanted: readonly string[]): string | undefined {
	const bad = line.find((flag) => WEAKENING.test(flag) && !wanted.includes(flag));
	if (bad) return bad;
	const guarding = wanted.filter((flag) => /^--(?:proxy|host-resolver|webrtc)/.test(flag));
	return guarding.find((flag) => line.findLast((one) => one.startsWith(`${flag.split("=")[0]}=`)) !== flag);
}
