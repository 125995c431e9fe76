import "server-only";
import { z } from "zod";
import { defineTool } from "../agent/tool";
import { asUpstream, checkedId, PYTHON_SERVER, upstreamOutcome } from "./python-result";
/** Runs a shell command in a sandbox (spec §3.4). */
export const runCommand = defineTool({
	spec: {
		server: PYTHON_SERVER,
		name: "run_command",
		description: `
    Run a shell command in a sandbox.

    Args:
        command: The command to run (required)
        sandbox_id: The id of an existing sandbox, as create_sandbox returned it (required)

    Returns:
        CommandResult with stderr, stdout, exit_code and error.
    `,
		schema: {
			properties: {
				command: { title: "Command", type: "string" },
				sandbox_id: { title: "Sandbox Id", type: "string" },
			},
			required: ["command", "sandbox_id"],
			title: "run_commandArguments",
			type: "object",
		},
	},
	input: z.object({ command: z.string(), sandbox_id: z.string() }),
	run: ({ command, sandbox_id }, context) =>
		asUpstream(context, async (sandboxes) => upstreamOutcome(await sandboxes.command(command, checkedId(sandbox_id)))),
});
