import type { ModelFault } from "./model";
export const retryDelay = (fault: ModelFault, tries: number, _random: () => number): number | undefined =>
	["busy", "refused", "reset", "timeout", "rate_limit", "server_error", "stream_error", "truncated"].includes(fault.fault) && tries < 5 ? 1000 : undefined;
