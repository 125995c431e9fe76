"use client";
import { useEffect, useState } from "react";
import type { McpToolsRead } from "@/lib/trajectory/ask";

/** The tools of an MCP server; undefined until it has told them, which takes a while when it must be started. */
export function useMcpTools(server: string, lost: string): McpToolsRead | undefined {
	const [read, setRead] = useState<McpToolsRead>();
	useEffect(() => {
		const left = new AbortController();
		void fetch("/api/mcp", { method: "POST", body: JSON.stringify({ server }), signal: left.signal })
			.then((response): Promise<McpToolsRead> => response.json())
			.catch((): McpToolsRead => ({ ok: false, why: lost }))
			.then((told) => {
				if (!left.signal.aborted) setRead(told);
			});
		return () => left.abort();
	}, [server, lost]);
	return read;
}
