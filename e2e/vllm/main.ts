import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { delegating, research, script, unruly } from "./policies";
import { NEWEST, type Policy, type StandInReply } from "./reply";
import { startStandIn } from "./server";

const HELP = `A stand-in for a vLLM server, for tests and for trying Soundings without a GPU.

  npm run vllm-stand-in -- [options]

  --port N          port on the loopback (default: a free one)
  --policy NAME     research | delegating | unruly (default research)
  --calls N         tool calls before it answers (default 20)
  --own N          tool calls of a sub-agent, with the delegating policy (default 4)
  --thought N       characters of thought a turn (default 1500)
  --seed N          seed of the unruly policy (default 1)
  --pace N          tokens a second (default: no limit)
  --model NAME      name it serves (default stand-in)
  --context N       context window in tokens (default 262144)
  --version V       version of vLLM whose fields and words it uses, or "sglang" (default 0.29.0)
  --script FILE     JSON {"steps":[{"content":…}],"repeat":true} instead of a policy

A step may hold a fault (e2e/vllm/reply.ts). POST /__faults with a JSON list of faults gives one to each of the
next requests; GET /__requests shows what came in.
`;

const { values } = parseArgs({
	options: {
		port: { type: "string", default: "0" },
		policy: { type: "string", default: "research" },
		calls: { type: "string", default: "20" },
		own: { type: "string", default: "4" },
		thought: { type: "string", default: "1500" },
		seed: { type: "string", default: "1" },
		pace: { type: "string" },
		model: { type: "string", default: "stand-in" },
		context: { type: "string", default: "262144" },
		version: { type: "string", default: NEWEST },
		script: { type: "string" },
		help: { type: "boolean", default: false },
	},
});

function chosen(): Policy {
	if (values.script) {
		const { steps, repeat } = JSON.parse(readFileSync(values.script, "utf8")) as {
			steps: StandInReply[];
			repeat?: boolean;
		};
		return script(steps, repeat ?? false);
	}
	if (values.policy === "delegating") {
		return delegating(Number(values.calls), Number(values.own), Number(values.thought));
	}
	if (values.policy === "unruly") return unruly(Number(values.seed), Number(values.calls));
	return research(Number(values.calls), Number(values.thought));
}

if (values.help) console.log(HELP);
else {
	const { url } = await startStandIn({
		policy: chosen(),
		port: Number(values.port),
		model: values.model,
		contextTokens: Number(values.context),
		version: values.version,
		...(values.pace !== undefined && { pace: Number(values.pace) }),
	});
	console.log(`stand-in for a vLLM server: ${url}/v1 (model ${values.model})`);
}
