/** A tool of an MCP server under a name that no other server's tools have. */
export const namespaced = (server: string, tool: string): string => `${server}__${tool}`;
