import { readdirSync } from "node:fs";

type Bench = { run: (args: readonly string[]) => Promise<void> };

const benches = readdirSync(new URL(".", import.meta.url))
	.filter((file) => /^[a-z-]+\.ts$/.test(file) && file !== "main.ts")
	.map((file) => file.slice(0, -3));

/** `npm run bench -- NAME [arguments]`: runs the bench of that name; without one it lists them. */
async function main([name, ...args]: readonly string[]): Promise<void> {
	if (name !== undefined && benches.includes(name)) {
		const bench: Bench = await import(`./${name}.ts`);
		await bench.run(args);
		return;
	}
	console.log(`npm run bench -- NAME [arguments]\n\nBenches:\n${benches.map((known) => `  ${known}`).join("\n")}`);
	if (name !== undefined && name !== "--help") process.exitCode = 1;
}

await main(process.argv.slice(2));
