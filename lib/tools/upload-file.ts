import "server-only";
import { z } from "zod";
import { defineTool } from "../agent/tool";
import { asUpstream, checkedId, done, PYTHON_SERVER } from "./python-result";
/** Copies a file of the run into a sandbox (spec §3.4). The disk of this machine is not within its reach. */
export const uploadFile = defineTool({
	spec: {
		server: PYTHON_SERVER,
		name: "upload_file_from_local_to_sandbox",
		description: `
    Put a file that belongs to this task into a sandbox.

    Args:
        sandbox_id: The id of an existing sandbox, as create_sandbox returned it (required)
        local_file_path: The name of the file (required)
        sandbox_file_path: The folder to put it in; /home/user if not given (optional)

    Returns:
        The path of the file in the sandbox.
    `,
		schema: {
			properties: {
				sandbox_id: { title: "Sandbox Id", type: "string" },
				local_file_path: { title: "Local File Path", type: "string" },
				sandbox_file_path: { default: "/home/user", title: "Sandbox File Path", type: "string" },
			},
			required: ["sandbox_id", "local_file_path"],
			title: "upload_file_from_local_to_sandboxArguments",
			type: "object",
		},
	},
	input: z.object({
		sandbox_id: z.string(),
		local_file_path: z.string().trim().min(1, "must not be empty"),
		sandbox_file_path: z.string().nullish(),
	}),
	run: ({ sandbox_id, local_file_path, sandbox_file_path }, context) =>
		asUpstream(context, async (sandboxes) => {
			const id = checkedId(sandbox_id);
			const bytes = await sandboxes.find(local_file_path);
			if (!bytes) throw new Error(`This task has no file named ${local_file_path}.`);
			const name = local_file_path.split("/").at(-1) ?? "";
			return done(`File uploaded to ${await sandboxes.put(id, `${sandbox_file_path || "/home/user"}/${name}`, bytes)}`);
		}),
});
