import type { Body } from "./reply";
import type { Quirks } from "./version";

type Refused = { status: number; message: string; type: string; param: string | null };
type Server = { tokens: number; window: number; model: string; tooLong: Quirks["tooLong"] };

const bad = (message: string, param: string | null = null): Refused => ({
	status: 400,
	message,
	type: "BadRequestError",
	param,
});

/** What vLLM refuses before it generates: a client that sends these is broken, and its tests should say so. */
export function refusal(body: Body, server: Server): Refused | undefined {
	return (
		shapeProblem(body) ??
		samplingProblem(body) ??
		historyProblem(body) ??
		windowProblem(body, server) ??
		modelProblem(body, server)
	);
}

function shapeProblem(body: Body): Refused | undefined {
	if (!Array.isArray(body.messages)) return bad("Field required", "body.messages");
	if (body.tools?.length === 0)
		return bad(
			"`tools` must not be an empty array. Either provide at least one tool or omit the field entirely. (parameter=tools)",
			"tools",
		);
	if (body.stream_options && !body.stream)
		return bad("Stream options can only be defined when `stream=True`.", "stream_options");
	if (body.tool_choice && !body.tools) return bad("When using `tool_choice`, `tools` must be set.", "tool_choice");
	if (body.continue_final_message && body.add_generation_prompt !== false) {
		return bad("Cannot set both `continue_final_message` and `add_generation_prompt` to True.");
	}
	return undefined;
}

function samplingProblem({ temperature, top_p, stop }: Body): Refused | undefined {
	if (typeof temperature === "number" && (temperature < 0 || temperature > 2))
		return bad("temperature must be in [0, 2]", "temperature");
	if (typeof top_p === "number" && (top_p <= 0 || top_p > 1)) return bad("top_p must be in (0, 1]", "top_p");
	return Array.isArray(stop) && stop.length > 4 ? bad("at most 4 stop strings", "stop") : undefined;
}

/** A call with invalid JSON in the history fails every later request of the conversation. */
function historyProblem({ messages }: Body): Refused | undefined {
	for (const { tool_calls } of messages) {
		for (const call of (tool_calls ?? []) as { function: { arguments: string } }[]) {
			try {
				JSON.parse(call.function.arguments || "{}");
			} catch {
				return bad("Expecting ',' delimiter: line 1 column 2 (char 1)");
			}
		}
	}
	return undefined;
}

function windowProblem({ max_tokens = 0 }: Body, { tokens, window, tooLong }: Server): Refused | undefined {
	if (tokens + max_tokens <= window && tokens < window) return undefined;
	return bad(tooLong(tokens, max_tokens, window), "input_tokens");
}

function modelProblem({ model }: Body, server: Server): Refused | undefined {
	if (!model || model === server.model) return undefined;
	return { status: 404, message: `The model \`${model}\` does not exist.`, type: "NotFoundError", param: "model" };
}
