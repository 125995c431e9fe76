import "server-only";
import { ModelFault } from "../agent/model";
import { fill, loadPrompts } from "../agent/prompts/prompts";
import { userText } from "../agent/protocol/wire";
import { env } from "../env";
import { type PlanInput, planInputSchema } from "../trajectory/ask";
import { picturesIn } from "../trajectory/attachments";
import { type PlanReply, readPlan } from "../trajectory/plan";
import { splitThink } from "../trajectory/think";
import { attachedFiles, attachedTo } from "./attachments";
import { modelFor } from "./equipment";
import { showingPictures } from "./seen-pictures";
import { settingsFor } from "./settings";

const MAX_OUTPUT = 8192;

/**
 * Asks the model what it would want to know and how it would go about a question, before a run is started. It is told of
 * the attached files as the run's first message tells of them. Nothing is stored. Bad input and a model that cannot be
 * asked name the field.
 */
export async function planFor(input: PlanInput, signal: AbortSignal): Promise<PlanReply> {
	const parsed = planInputSchema.safeParse(input);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		return { ok: false, field: String(issue?.path[0] ?? "question"), message: issue?.message ?? "Not valid." };
	}
	const { question, attachments: ids = [] } = parsed.data;
	const found = await attachedFiles(ids);
	if (!found.ok) return found;
	// Which servers' tools the run will have is not known yet, and one that is down is no reason not to plan.
	const made = await settingsFor({ ...parsed.data, answerMode: "report", mcp: [] });
	if (!made.ok) return made;
	const { settings } = made;
	if (settings.model.provider === "extractive")
		return { ok: false, field: "preset", message: "Planning needs a language model." };
	const model = modelFor(settings);
	if (typeof model === "string") return { ok: false, field: "preset", message: model };
	const { attachments = [], attached = "" } = attachedTo(settings, found.files);
	const { PROMPTS_DIR } = env();
	const prompt = loadPrompts(PROMPTS_DIR ? [PROMPTS_DIR] : []).plan;
	const content = fill(prompt, { question: `${question}${attached}` });
	const messages = [userText(content, undefined, picturesIn(attachments))];
	const request = { messages, params: { max_tokens: MAX_OUTPUT } };
	try {
		const stream = showingPictures(model, attachments).reply(request, { signal, runId: "plan", turn: 1 });
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
