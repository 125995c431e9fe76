import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig({
	test: {
		include: ["lib/**/*.test.ts", "components/**/*.test.ts", "e2e/**/*.test.ts"],
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
