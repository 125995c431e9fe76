import "server-only";
import { z } from "zod";
import { defineTool, type ToolContext } from "../agent/tool";
import { guardedFetch } from "../web/guarded-fetch";
import { boundsProblem } from "../web/site-bounds";
import { asUpstream, checkedId, done, PYTHON_SERVER } from "./python-result";

/** A path without an ending is a folder, as upstream has it; the file is then called as at its address. */
export function targetOf(path: string, url: string): string {
	const given = path || "/home/user";
	if (!given.endsWith("/") && /\.[^./]+$/.test(given)) return given;
	const last = new URL(url).pathname.split("/").at(-1) ?? "";
	return `${given}/${last.replace(/[^\w.-]+/g, "_").replace(/^\.+/, "") || "download"}`;
}

/** Fetches a file through the guarded way out, for a sandbox that has none of its own (spec §3.4). */
export const downloadFile = defineTool({
	spec: {
		server: PYTHON_SERVER,
		name: "download_file_from_internet_to_sandbox",
		description: `
    Download a file from the internet into a sandbox.

    Args:
        sandbox_id: The id of an existing sandbox, as create_sandbox returned it (required)
        url: The address of the file (required)
        sandbox_file_path: The folder or file to write; /home/user if not given (optional)

    Returns:
        The path of the file in the sandbox.
    `,
		schema: {
			properties: {
				sandbox_id: { title: "Sandbox Id", type: "string" },
				url: { title: "Url", type: "string" },
				sandbox_file_path: { default: "/home/user", title: "Sandbox File Path", type: "string" },
			},
			required: ["sandbox_id", "url"],
			title: "download_file_from_internet_to_sandboxArguments",
			type: "object",
		},
	},
	input: z.object({
		sandbox_id: z.string(),
		url: z.string().trim().min(1, "must not be empty"),
		sandbox_file_path: z.string().nullish(),
	}),
	run: ({ sandbox_id, url, sandbox_file_path }, context) =>
		asUpstream(context, async (sandboxes) => {
			const id = checkedId(sandbox_id);
			const { bytes, status, url: from } = await guardedFetch(allowed(url, context), context.signal);
			allowed(from, context);
			if (status >= 400) throw new Error(`The site answered ${status}.`);
			return done(`File downloaded to ${await sandboxes.put(id, targetOf(sandbox_file_path ?? "", from), bytes)}`);
		}),
});

function allowed(url: string, context: ToolContext): string {
	const problem = boundsProblem(url, context);
	if (problem !== undefined) throw new Error(problem);
	return url;
}
