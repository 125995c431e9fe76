import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

export type AppServer = { url: string; stop(): Promise<void> };

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

function freePort(): Promise<number> {
	return new Promise((found) => {
		const probe = createServer();
		probe.listen(0, "127.0.0.1", () => {
			const address = probe.address();
			probe.close(() => found(typeof address === "object" && address ? address.port : 0));
		});
	});
}

async function answers(url: string, triesLeft = 200): Promise<void> {
	const reply = await fetch(url).catch((refused: unknown) => refused);
	if (reply instanceof Response && reply.ok) return;
	if (triesLeft === 0) throw new Error(`${url} does not answer.`);
	await new Promise((wake) => setTimeout(wake, 100));
	return answers(url, triesLeft - 1);
}

/** The last production build over the data in `folder`, on a free port. Throws when there is no build. */
export async function startApp(folder: string): Promise<AppServer> {
	if (!existsSync(`${ROOT}.next/BUILD_ID`)) throw new Error("There is no build to measure. Run: npm run build");
	const port = await freePort();
	const app = spawn(
		process.execPath,
		["node_modules/next/dist/bin/next", "start", "-H", "127.0.0.1", "-p", String(port)],
		{
			cwd: ROOT,
			stdio: ["ignore", "ignore", "inherit"],
			env: {
				...process.env,
				NODE_ENV: "production",
				NEXT_MANUAL_SIG_HANDLE: "true",
				NEXT_TELEMETRY_DISABLED: "1",
				HOST: "127.0.0.1",
				PORT: String(port),
				DATA_DIR: folder,
				LLM_BASE_URL: "",
			},
		},
	);
	const url = `http://127.0.0.1:${port}`;
	await answers(`${url}/runs`);
	return {
		url,
		stop: () =>
			new Promise((stopped) => {
				app.once("exit", () => stopped());
				app.kill("SIGTERM");
			}),
	};
}
