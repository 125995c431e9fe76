import "server-only";
import { z } from "zod";
import { defineTool } from "../agent/tool";
import { NO_PYTHON, plainOutcome } from "./python-result";

/** Python for any model with tool calls: one sandbox a run, its variables kept from call to call. */
export const runPython = defineTool({
	spec: {
		server: "soundings",
		name: "run_python",
		description:
			"Run Python in a sandbox without network. Variables and files are kept from call to call. Returns what was printed, the value of the last expression, and errors. Open matplotlib figures, and pictures, tables and texts written to the working directory, are shown to the person.",
		schema: {
			type: "object",
			properties: { code: { type: "string", description: "Python code. Print what you want to see." } },
			required: ["code"],
		},
	},
	input: z.object({ code: z.string() }),
	repair: (args) => {
		const { code_block, ...rest } = args;
		return args.code === undefined && code_block !== undefined ? { ...rest, code: code_block } : args;
	},
	run: async ({ code }, { sandboxes }) => {
		if (!sandboxes) return { status: "error", text: NO_PYTHON, summary: NO_PYTHON, sources: [] };
		return plainOutcome(await sandboxes.python(code, "main"));
	},
});
