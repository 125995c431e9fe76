type FetchedDocument = { ok: true; file: Blob; name: string } | { ok: false; error: string };

/** Has the server make a document of a run; `path` is its format and what of the run belongs in it. */
export async function fetchDocument(run: string, path: string): Promise<FetchedDocument> {
	const response = await fetch(`/api/runs/${encodeURIComponent(run)}/export/${path}`);
	if (response.ok) return { ok: true, file: await response.blob(), name: nameOf(response.headers) };
	const { error }: { error: string } = await response.json();
	return { ok: false, error };
}

/** The name that the server gives: of a shared copy its own title, since the run's may be what was to be taken out. */
function nameOf(headers: Headers): string {
	const [, encoded = ""] = /filename\*=UTF-8''(\S+)/.exec(headers.get("content-disposition") ?? "") ?? [];
	return decodeURIComponent(encoded);
}

/** Saves a file among what the browser has downloaded. */
export function saveAs(file: Blob, name: string): void {
	const link = document.createElement("a");
	link.href = URL.createObjectURL(file);
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
