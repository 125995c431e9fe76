import "server-only";
import { changeSavedSettings, listSavedSettings, type SavedSetting } from "../db/saved-settings";
import { env, environmentProblems, environmentVariable, exampleOf, layUnder, usualOf } from "../env";
import {
	SETTINGS_SECTIONS,
	type SettingChanges,
	type SettingState,
	type SettingsSaved,
	type SettingsSection,
	type SettingsView,
	type SettingVariable,
} from "../trajectory/settings-view";
import { seal, unseal } from "./sealed";

const MAX_CHARACTERS = 2000;
/** Of a key as long as this its last four signs may be shown. */
const TELLING_LENGTH = 16;

/** Where a secret is sent: the first of these addresses that is set, or, without any, an address of the product's own. */
const SENT_TO: Partial<Record<SettingVariable, readonly string[]>> = {
	LLM_API_KEY: ["LLM_BASE_URL"],
	EXTRACT_LLM_API_KEY: ["EXTRACT_LLM_BASE_URL", "LLM_BASE_URL"],
	TRANSCRIBE_LLM_API_KEY: ["TRANSCRIBE_LLM_BASE_URL"],
	SERPER_API_KEY: ["SERPER_BASE_URL"],
	JINA_API_KEY: ["JINA_BASE_URL"],
	E2B_API_KEY: ["E2B_API_URL", "E2B_DOMAIN"],
};

type SavableField = Pick<SettingState, "variable" | "kind"> & { choices: readonly string[] };

const SECTIONS: Record<SettingsSection, readonly SavableField[]> = SETTINGS_SECTIONS;
const FIELDS = new Map<string, SavableField>(
	Object.values(SECTIONS)
		.flat()
		.map((field) => [field.variable, field]),
);

const outside = (variable: string): string | undefined => environmentVariable(variable)?.trim() || undefined;

/** A secret of the environment goes to addresses of the environment alone: none entered here may draw it to itself. */
function lockOf(variable: SettingVariable): string | undefined {
	if (outside(variable) !== undefined) return variable;
	const drawn = Object.entries(SENT_TO).find(([secret, addresses]) => {
		const firstOutside = addresses.findIndex((address) => outside(address) !== undefined);
		const open = firstOutside < 0 ? addresses : addresses.slice(0, firstOutside);
		return outside(secret) !== undefined && open.includes(variable);
	});
	return drawn?.[0];
}

type InForce = { values: ReadonlyMap<string, string>; unused: ReadonlyMap<string, "sealed" | "elsewhere"> };

/** What of the saved rows holds now: known, still right, not overruled; secrets opened and meant for where they go. */
function opened(rows: readonly SavedSetting[]): InForce {
	const values = new Map<string, string>();
	const unused = new Map<string, "sealed" | "elsewhere">();
	const known = rows.filter(({ variable }) => {
		const field = FIELDS.get(variable);
		return field !== undefined && lockOf(field.variable) === undefined;
	});
	for (const { variable, value, sentTo } of known) {
		if (sentTo === undefined && environmentProblems({ [variable]: value }).length === 0) values.set(variable, value);
	}
	for (const { variable, value, sentTo } of known) {
		if (sentTo === undefined) continue;
		const text = unseal(value, variable, env().SETTINGS_KEY?.reveal() ?? "");
		if (sentTo !== addressOf(variable, values)) unused.set(variable, "elsewhere");
		else if (text === undefined) unused.set(variable, "sealed");
		else values.set(variable, text);
	}
	return { values, unused };
}

/**
 * The origin a secret is sent to under these saved values, or the domain where that is what is set; empty for a fixed
 * address of the product's own.
 */
function addressOf(secret: string, values: ReadonlyMap<string, string>): string {
	const addresses = SENT_TO[secret as SettingVariable] ?? [];
	const set = addresses.map((address) => outside(address) ?? values.get(address) ?? usualOf(address)).find(Boolean);
	if (set === undefined) return "";
	return URL.canParse(set) && /^https?:/.test(set) ? new URL(set).origin : set;
}

/** Takes up what is saved: what begins from here on reads it. */
export async function takeUpSavedSettings(): Promise<void> {
	layUnder(Object.fromEntries(opened(await listSavedSettings()).values));
}

/** All that the page shows. No secret is in it. */
export async function settingsView(): Promise<SettingsView> {
	const now = opened(await listSavedSettings());
	const states = Object.entries(SECTIONS).map(([section, fields]) => [
		section,
		fields.map((field) => stateOf(field, now)),
	]);
	return { sections: Object.fromEntries(states), keepsSecrets: env().SETTINGS_KEY !== undefined };
}

function stateOf({ variable, kind, choices }: SavableField, { values, unused }: InForce): SettingState {
	const given = outside(variable);
	const value = given ?? values.get(variable) ?? "";
	const known = unused.get(variable);
	const lockedBy = lockOf(variable);
	const inside = value !== "" || known !== undefined ? "saved" : "usual";
	const isSecret = kind === "secret";
	return {
		variable,
		kind,
		choices: [...choices],
		from: given === undefined ? inside : "environment",
		value: isSecret ? "" : withoutPassword(value),
		usual: usualOf(variable),
		example: exampleOf(variable),
		...(isSecret && given === undefined && value.length >= TELLING_LENGTH && { ending: value.slice(-4) }),
		...(lockedBy !== undefined && { lockedBy }),
		...(known && { unused: known }),
	};
}

/** An address of the environment may hold a name and password, which nobody needs to see. */
function withoutPassword(value: string): string {
	if (!/^https?:\/\/[^/]*@/.test(value) || !URL.canParse(value)) return value;
	const bare = new URL(value);
	bare.username = "";
	bare.password = "";
	return bare.href;
}

/** Saves all of the changes, or none and says of each wrong one what it is, the limit, and what would do. */
export async function saveSettings(changes: SettingChanges): Promise<SettingsSaved> {
	const wanted = Object.entries(changes).map(([variable, value]) => [variable, value.trim()] as const);
	const problems = wanted.flatMap(([variable, value]) => {
		const problem = problemOf(variable, value);
		return problem === undefined ? [] : [[variable, problem]];
	});
	if (problems.length > 0) return { ok: false, problems: Object.fromEntries(problems) };
	const rows = await listSavedSettings();
	const after = valuesAfter(opened(rows).values, wanted);
	const kept = wanted.filter(([, value]) => value !== "").map(([variable, value]) => rowOf(variable, value, after));
	const dropped = rows
		.filter(
			({ variable, sentTo }) => sentTo !== undefined && !(variable in changes) && sentTo !== addressOf(variable, after),
		)
		.map(({ variable }) => variable as SettingVariable);
	const emptied = wanted.filter(([, value]) => value === "").map(([variable]) => variable);
	await changeSavedSettings(kept, [...emptied, ...dropped]);
	await takeUpSavedSettings();
	return { ok: true, dropped };
}

function valuesAfter(before: ReadonlyMap<string, string>, wanted: readonly (readonly [string, string])[]) {
	const after = new Map(before);
	for (const [variable, value] of wanted) {
		if (value === "") after.delete(variable);
		else after.set(variable, value);
	}
	return after;
}

function rowOf(variable: string, value: string, after: ReadonlyMap<string, string>): SavedSetting {
	if (FIELDS.get(variable)?.kind !== "secret") return { variable, value };
	const sealed = seal(value, variable, env().SETTINGS_KEY?.reveal() ?? "");
	return { variable, value: sealed, sentTo: addressOf(variable, after) };
}

/** Why a value cannot be saved, in a sentence with the remedy; undefined when it can. */
function problemOf(variable: string, value: string): string | undefined {
	const field = FIELDS.get(variable);
	if (!field) return `${variable} cannot be set here. Set it in the environment.`;
	const lockedBy = lockOf(field.variable);
	if (lockedBy === variable) return `${variable} is set in the environment, which wins. Change it there.`;
	if (lockedBy !== undefined) {
		return `${lockedBy} is set in the environment and would be sent to this address. Set ${variable} there too.`;
	}
	if (value === "") return undefined;
	if (value.length > MAX_CHARACTERS) {
		return `${variable} is longer than ${MAX_CHARACTERS} characters. Shorten it. The old value is kept.`;
	}
	return field.kind === "secret" ? secretProblem(variable, value) : plainProblem(variable, value);
}

function secretProblem(variable: string, value: string): string | undefined {
	if (env().SETTINGS_KEY === undefined) {
		return `SETTINGS_KEY is not set, so no key is kept here. Set ${variable} in the environment, or SETTINGS_KEY and start again.`;
	}
	if (/^[\x21-\x7e]+$/.test(value)) return undefined;
	return `${variable} holds a blank, a line break or a sign that no key has. Copy the key alone. The old value is kept.`;
}

function plainProblem(variable: string, value: string): string | undefined {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: it is those that are looked for.
	if (/[\x00-\x1f\x7f]/.test(value))
		return `${variable} holds a line break or control sign. Leave it out. The old value is kept.`;
	if (withoutPassword(value) !== value) {
		return `${variable} holds a name and password. Leave them out, or set it in the environment. The old value is kept.`;
	}
	const [found] = environmentProblems({ [variable]: value });
	return found && `${variable}: ${found.problem} (example: ${found.example}). The old value is kept.`;
}
