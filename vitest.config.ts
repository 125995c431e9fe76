import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

const UNIT = ["lib/**/*.test.ts", "components/**/*.test.ts", "e2e/**/*.test.ts"];
/** What the tests of Python in containers need; where it is missing they cost nothing. */
const image = process.env.PYTHON_IMAGE ?? "localhost/soundings-python";
const hasImage = spawnSync("podman", ["image", "exists", image]).status === 0;
const container = {
	extends: true as const,
	test: {
		name: "container",
		include: ["walls", "limits", "files"].map((name) => `lib/sandbox/${name}.test.ts`),
		env: { SANDBOX_UNDER_TEST: "container", PYTHON_IMAGE: image },
	},
};

export default defineConfig({
	test: {
		projects: [{ extends: true, test: { name: "unit", include: UNIT } }, ...(hasImage ? [container] : [])],
		testTimeout: 20_000,
		maxWorkers: 2,
		// Waits end when what they wait for is there; this is for a busy machine.
		expect: { poll: { timeout: 5000 } },
	},
	resolve: {
		alias: [
			{ find: /^@\//, replacement: root },
			{ find: "server-only", replacement: `${root}node_modules/server-only/empty.js` },
		],
	},
});
