/** Web and library addresses in running text; what encloses or follows one is not part of it. */
const ADDRESS = /(?:https?|library):\/\/[^\s<>"`{}|\\^]+/gi;

/** All addresses of a text, in order, without the punctuation that follows them. */
export function addressesIn(text: string): string[] {
	return Array.from(text.matchAll(ADDRESS), ([address]) => trimAddress(address));
}

export const isAddress = (text: string): boolean => /^(?:https?|library):\/\//i.test(text);

const TRAILING = new Set([..."。，、；：！？」』》】）］.,;:!?'*_~]"]);

/** Takes closing punctuation off, but keeps a bracket that the address itself opened. */
export function trimAddress(address: string): string {
	let end = address.length;
	let open = count(address, "(") - count(address, ")");
	for (; end > 0; end--) {
		const char = address[end - 1] ?? "";
		if (char === ")" && open < 0) open++;
		else if (!TRAILING.has(char)) break;
	}
	return address.slice(0, end);
}

const count = (text: string, char: string): number => text.split(char).length - 1;

/**
 * The form under which two spellings of an address are the same: scheme http or https, host without case and `www.`, no
 * fragment, no slash at the end, no percent signs where none are needed.
 */
export function addressKey(address: string): string {
	const bare = plain(address.trim().split("#", 1)[0] ?? "");
	const web = /^https?:\/\/(?:www\.)?([^/?]*)(.*)$/is.exec(bare);
	const key = web ? `//${(web[1] ?? "").toLowerCase()}${web[2] ?? ""}` : bare;
	return key.replace(/\/$/, "");
}

/** Malformed percent signs are left as they are. */
function plain(address: string): string {
	return address.replace(/(?:%[\da-f]{2})+/gi, (encoded) => {
		try {
			return decodeURIComponent(encoded);
		} catch {
			return encoded;
		}
	});
}
