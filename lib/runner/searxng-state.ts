import "server-only";

/** How long SearXNG is waited for. */
const WAIT_MS = 1400;

/** Asks SearXNG for nothing in JSON: 400 when it would answer, 403 when JSON is switched off. It searches nothing. */
export async function askSearxng(url: string): Promise<{ ok: boolean; detail: string }> {
	const answer = await get(`${url.replace(/\/+$/, "")}/search?format=json`);
	if (typeof answer === "string") return { ok: false, detail: `at ${url} ${answer}` };
	if (answer.status === 403) return { ok: false, detail: `at ${url} has its JSON format switched off` };
	if (answer.status >= 500) return { ok: false, detail: `at ${url} answers with status ${answer.status}` };
	return { ok: true, detail: `at ${url} answers` };
}

/** The answer, or what went wrong as the rest of a sentence. */
async function get(url: string): Promise<Response | string> {
	try {
		return await fetch(url, { signal: AbortSignal.timeout(WAIT_MS) });
	} catch (error) {
		const isSlow = error instanceof DOMException && error.name === "TimeoutError";
		return isSlow ? `does not answer within ${WAIT_MS / 1000} s` : "cannot be reached";
	}
}
