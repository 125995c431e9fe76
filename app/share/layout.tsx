import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Brand } from "@/components/shell/brand";

/** Around what somebody passed on: the name of the product and nothing that leads into it. */
export default async function ShareLayout({ children }: { children: ReactNode }) {
	const t = await getTranslations("shell");
	return (
		<>
			<a href="#main" className="fixed -top-16 left-2 z-50 rounded-md bg-surface px-3 py-2 shadow-float focus:top-2">
				{t("skip")}
			</a>
			<header className="flex h-12 items-center border-b border-line bg-paper px-4 desk:px-6 print:hidden">
				<Brand name={t("name")} />
			</header>
			<main id="main">{children}</main>
		</>
	);
}
