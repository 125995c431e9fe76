/** The JSON object a server wrote; undefined for anything else, since what answers may be no model server. */
export function parseObject(text: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return value && typeof value === "object" && !Array.isArray(value) ? { ...value } : undefined;
	} catch {
		return undefined;
	}
}
