import { expect, type Page, test } from "@playwright/test";

test.use({ locale: "zh-CN" });

const language = (page: Page) => page.locator("html").getAttribute("lang");

/** English words on a page in Chinese that come neither from a run nor from a machine. */
const ENGLISH = /\b(?:the|this|with|from|run|call|source|show|ask|open|model)\b/i;

test("the browser's language decides, the switch wins, and stays after a reload", async ({ page }) => {
	await page.goto("/");
	expect(await language(page)).toBe("zh");
	await expect(page.getByRole("heading", { level: 1 })).toHaveText("你想弄清楚什么？");
	await page.getByRole("button", { name: "语言" }).click();
	await page.getByRole("menuitem", { name: "English" }).click();
	await expect(page.getByRole("heading", { level: 1 })).toHaveText("What do you want to find out?");
	await page.reload();
	expect(await language(page)).toBe("en");
	await expect(page.getByRole("heading", { level: 1 })).toHaveText("What do you want to find out?");
	await page.goto("/runs");
	await page.getByRole("button", { name: "Language" }).click();
	await page.getByRole("menuitem", { name: "中文" }).click();
	await expect(page.getByRole("heading", { level: 1 })).toHaveText("运行");
	await page.reload();
	expect(await language(page)).toBe("zh");
});

test("a question is asked, refused when it is too short, and answered in a page that is Chinese throughout", async ({
	page,
}) => {
	await page.goto("/");
	const question = page.getByRole("textbox", { name: "问题" });
	await question.fill("嗯");
	await page.getByRole("button", { name: /开始运行/ }).click();
	await expect(page.getByText("问题至少需要 3 个字符。")).toBeVisible();
	await question.fill("What does the revalidateTag function do in Next.js?");
	await page.getByRole("button", { name: /开始运行/ }).click();
	await page.waitForURL(/\/runs\/[\w-]+/);
	await expect(page.getByRole("button", { name: "阅读报告" }).first()).toBeVisible({ timeout: 30_000 });
	for (const name of ["时间线", "报告", "来源", "上下文", "指标"]) {
		await page.getByRole("tab", { name }).click();
		await expect(page.getByRole("tabpanel", { name })).toBeVisible();
	}
	expect(await namesOf(page)).toEqual([]);
	await page.goto("/runs");
	await expect(page.getByRole("columnheader", { name: "问题" })).toBeVisible();
	expect(await namesOf(page)).toEqual([]);
});

/** Labels, buttons and tabs whose words are English. */
async function namesOf(page: Page): Promise<string[]> {
	const names = await page
		.locator("button, [role=tab], nav a, dt, th, label, summary")
		.evaluateAll((all) => all.map((each) => each.getAttribute("aria-label") ?? each.textContent ?? ""));
	return names.filter((name) => ENGLISH.test(name) && !/\p{Script=Han}/u.test(name));
}

test("Chinese lines are 2 px taller, and characters are not drawn together", async ({ page, browser, baseURL }) => {
	const title = (of: Page) =>
		of.getByRole("heading", { level: 1 }).evaluate((heading) => {
			const { lineHeight, letterSpacing } = getComputedStyle(heading);
			return { line: Number.parseFloat(lineHeight), letterSpacing };
		});
	await page.goto("/");
	const chinese = await title(page);
	const other = await browser.newContext({ locale: "en-US", ...(baseURL && { baseURL }) });
	const englishPage = await other.newPage();
	await englishPage.goto("/");
	const english = await title(englishPage);
	await other.close();
	expect(chinese.line - english.line).toBe(2);
	expect(chinese.letterSpacing).toBe("normal");
	expect(english.letterSpacing).not.toBe("normal");
});
