import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import tailwind from "@tailwindcss/postcss";
import { build, type Plugin } from "esbuild";
import postcss from "postcss";
import { PLAYER_FOLDER, SCRIPT_FILE, STYLES_FILE } from "../publish/player-files";

/** Browsers of spring 2024 and later: the player needs `light-dark()` and `DecompressionStream`. */
const TARGET = ["chrome123", "firefox120", "safari17.5"];
const STYLES = "app/globals.css";

/** No server stands behind the file: what asks for Next.js would fail at its reader's, so it fails here. */
const withoutNext: Plugin = {
	name: "without-next",
	setup: ({ onResolve }) =>
		onResolve({ filter: /^next(\/|$)/ }, ({ path, importer }) => ({
			errors: [{ text: `The player works without a server, and ${importer} imports ${path}: pass it in instead.` }],
		})),
};

/** Bundles the page of an exported run into one script and one style sheet, beside the product's own build. */
async function buildPlayer(): Promise<void> {
	const { outputFiles, metafile } = await build({
		entryPoints: ["components/share/player.tsx"],
		bundle: true,
		minify: true,
		format: "iife",
		target: TARGET,
		jsx: "automatic",
		define: { "process.env.NODE_ENV": '"production"' },
		legalComments: "none",
		logLevel: "warning",
		plugins: [withoutNext],
		metafile: true,
		write: false,
	});
	const sources = Object.keys(metafile.inputs).filter((path) => !path.startsWith("node_modules/"));
	mkdirSync(PLAYER_FOLDER, { recursive: true });
	const script = outputFiles[0]?.text ?? "";
	if (/<!--|<\/script/i.test(script)) throw new Error("The player's script would end within the page it stands in.");
	writeFileSync(SCRIPT_FILE, script);
	writeFileSync(STYLES_FILE, await styles(sources));
}

/** The product's style sheet with just the classes that these files use. */
async function styles(sources: readonly string[]): Promise<string> {
	const from = resolve(STYLES);
	const named = sources.map((path) => `@source "${resolve(path)}";`).join("\n");
	const css = readFileSync(from, "utf8").replace(
		'@import "tailwindcss";',
		`@import "tailwindcss" source(none);\n${named}`,
	);
	const { css: built } = await postcss([tailwind({ optimize: { minify: true } })]).process(css, { from });
	return built;
}

await buildPlayer();
