import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ImageResponse } from "next/og";
import { getTranslations } from "next-intl/server";
import { readSharePreview } from "@/lib/db/shares";
import { PreviewCard } from "../../preview-card";

const FONTS = join(process.cwd(), "node_modules/geist/dist/fonts/geist-sans");
const SIZE = { width: 1200, height: 630 };

/** The picture that a link's preview shows; its address tells nothing of the link. */
export async function GET(_request: Request, { params }: RouteContext<"/share/preview/[id]">): Promise<Response> {
	const snapshot = await readSharePreview((await params).id);
	if (!snapshot) return new Response("Not found.\n", { status: 404 });
	const [t, regular, semibold] = await Promise.all([
		getTranslations("shell"),
		readFile(join(FONTS, "Geist-Regular.ttf")),
		readFile(join(FONTS, "Geist-SemiBold.ttf")),
	]);
	return new ImageResponse(<PreviewCard snapshot={snapshot} name={t("name")} />, {
		...SIZE,
		fonts: [
			{ name: "Geist", data: regular, weight: 400 },
			{ name: "Geist", data: semibold, weight: 600 },
		],
	});
}
