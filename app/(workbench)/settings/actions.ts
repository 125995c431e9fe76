"use server";
import { z } from "zod";
import type { SettingsDoors } from "@/components/settings/settings-doors";
import { changeSettings } from "@/lib/runner/change-settings";

/** Longer than any setting may be: what is too long is refused by its name. */
const changesSchema = z.record(z.string().max(100), z.string().max(100_000));

export async function save(changes: Parameters<SettingsDoors["save"]>[0]): ReturnType<SettingsDoors["save"]> {
	return changeSettings(changesSchema.parse(changes));
}
