/** Runs once when the server starts: takes up the runs that nobody runs, and lets go of them on the way out. */
export async function register(): Promise<void> {
	if (process.env.NEXT_RUNTIME !== "nodejs") return;
	const { boot } = await import("./lib/runner/boot");
	await boot();
}
