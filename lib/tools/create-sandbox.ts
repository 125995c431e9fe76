import "server-only";
import { z } from "zod";
import { defineTool } from "../agent/tool";
import { asUpstream, done, PYTHON_SERVER } from "./python-result";
/** Makes a sandbox with a working directory of its own (spec §3.4). */
export const createSandbox = defineTool({
	spec: {
		server: PYTHON_SERVER,
		name: "create_sandbox",
		description: `
    Create a Linux sandbox in which commands and Python code can be run. It has no network.

    Args:
        timeout: Seconds for which the sandbox stays alive unused, at most 600 (optional)

    Returns:
        The sandbox_id that the other sandbox tools need.
    `,
		schema: {
			properties: {
				timeout: { default: 600, title: "Timeout", type: "integer" },
			},
			title: "create_sandboxArguments",
			type: "object",
		},
	},
	input: z.object({ timeout: z.coerce.number().int().min(1).default(600) }),
	run: (_, context) =>
		asUpstream(context, async (sandboxes) => done(`Sandbox created with sandbox_id: ${await sandboxes.create()}`)),
});
