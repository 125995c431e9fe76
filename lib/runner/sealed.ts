import "server-only";
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const VERSION = "1";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The secret is long by rule (`SETTINGS_KEY`), so it is spread over the key's 256 bits and not stretched. */
const keyOf = (secret: string): Buffer =>
	Buffer.from(hkdfSync("sha256", secret, "soundings", "saved settings, AES-256-GCM", 32));

/** A text that only `secret` opens, and only under the same name: a row of one setting is none of another. */
export function seal(text: string, name: string, secret: string): string {
	const iv = randomBytes(IV_BYTES);
	const cipher = createCipheriv("aes-256-gcm", keyOf(secret), iv).setAAD(Buffer.from(name));
	const sealed = Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final()]);
	return `${VERSION}.${Buffer.concat([sealed, cipher.getAuthTag()]).toString("base64url")}`;
}

/** What was sealed; undefined under another secret or name, or when it was changed since. */
export function unseal(sealed: string, name: string, secret: string): string | undefined {
	const [version, rest = ""] = sealed.split(".");
	const bytes = Buffer.from(rest, "base64url");
	if (version !== VERSION || bytes.length < IV_BYTES + TAG_BYTES) return undefined;
	const [iv, tag] = [bytes.subarray(0, IV_BYTES), bytes.subarray(-TAG_BYTES)];
	const cipher = createDecipheriv("aes-256-gcm", keyOf(secret), iv, { authTagLength: TAG_BYTES });
	cipher.setAAD(Buffer.from(name)).setAuthTag(tag);
	const text = cipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, "utf8");
	try {
		return text + cipher.final("utf8");
	} catch {
		return undefined;
	}
}
