import "server-only";
import { z } from "zod";
import { defineTool } from "../agent/tool";
import { asUpstream, isMadeUp, PYTHON_SERVER, upstreamOutcome } from "./python-result";
/** Runs Python in a sandbox, whose variables it finds again; in one for this call alone when the id is none (spec §3.4). */
export const runPythonCode = defineTool({
	spec: {
		server: PYTHON_SERVER,
		name: "run_python_code",
		description: `
    Run Python code in a sandbox. Variables are kept from call to call in the same sandbox.

    Args:
        code_block: The Python code to run (required)
        sandbox_id: The id of an existing sandbox, as create_sandbox returned it (required)

    Returns:
        Execution with the results, what was printed, and the error if there was one.
    `,
		schema: {
			properties: {
				code_block: { title: "Code Block", type: "string" },
				sandbox_id: { title: "Sandbox Id", type: "string" },
			},
			required: ["code_block", "sandbox_id"],
			title: "run_python_codeArguments",
			type: "object",
		},
	},
	input: z.object({ code_block: z.string(), sandbox_id: z.string() }),
	repair: (args) => {
		const { code, ...rest } = args;
		const block = args.code_block === undefined ? { ...rest, code_block: code } : args;
		return { ...block, sandbox_id: args.sandbox_id ?? "default" };
	},
	run: ({ code_block, sandbox_id }, context) =>
		asUpstream(context, async (sandboxes) => {
			const id = isMadeUp(sandbox_id) ? undefined : sandbox_id.trim();
			return upstreamOutcome(await sandboxes.python(code_block, id));
		}),
});
