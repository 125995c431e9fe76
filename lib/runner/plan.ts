import "server-only";
import { ModelFault } from "../agent/model";
import { presetOf } from "../agent/presets";
import { fill, loadPrompts } from "../agent/prompts/prompts";
import { env } from "../env";
import { type PlanInput, planInputSchema } from "../trajectory/ask";
import { type PlanReply, readPlan } from "../trajectory/plan";
import { splitThink } from "../trajectory/think";
import { modelFor } from "./equipment";
import { defaultPreset, modelOf } from "./settings";

const MAX_OUTPUT = 8192;

/**
 * Asks the model what it would want to know and how it would go about a question, before a run is started. Nothing is
 * stored. Bad input and a model that cannot be asked name the field.
 */
export async function planFor(input: PlanInput, signal: AbortSignal): Promise<PlanReply> {
	const parsed = planInputSchema.safeParse(input);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		return { ok: false, field: String(issue?.path[0] ?? "question"), message: issue?.message ?? "Not valid." };
	}
	const preset = parsed.data.preset === undefined ? defaultPreset() : presetOf(parsed.data.preset);
	if (!preset || preset.builtIn) return { ok: false, field: "preset", message: "Planning needs a language model." };
	const chosen = modelOf(preset);
	if (!chosen.ok) return { ok: false, field: "preset", message: chosen.why };
	const model = modelFor(chosen);
	if (typeof model === "string") return { ok: false, field: "preset", message: model };
	const { PROMPTS_DIR } = env();
	const content = fill(loadPrompts(PROMPTS_DIR ? [PROMPTS_DIR] : []).plan, { question: parsed.data.question });
	const request = { messages: [{ role: "user" as const, content }], params: { max_tokens: MAX_OUTPUT } };
	try {
		const stream = model.reply(request, { signal, runId: "plan", turn: 1 });
		let next = await stream.next();
		while (!next.done) next = await stream.next();
		const plan = readPlan(splitThink(next.value.content).visible);
		if (plan.steps.length === 0) return { ok: false, field: "form", message: "The model gave no plan. Ask again." };
		return { ok: true, ...plan };
	} catch (error) {
		if (error instanceof ModelFault) return { ok: false, field: "form", message: error.message };
		throw error;
	}
}
