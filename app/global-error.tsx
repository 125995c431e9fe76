"use client";
import "./globals.css";
import { GeistSans } from "geist/font/sans";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import words from "@/lib/i18n/broken.json";

/**
 * Takes the place of the whole document when even the layout fails, so its words do not come from the provider. Every
 * page loads it ahead, so they do not come with the whole catalogue either.
 */
export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
	const { broken, brokenDetail, tryAgain, name } = words;
	return (
		<html lang="en" className={GeistSans.variable}>
			<body>
				<title>{name}</title>
				<main className="mx-auto max-w-[560px] px-6 py-24 max-desk:px-4 max-desk:py-14">
					<EmptyState
						heading="h1"
						title={broken}
						action={
							<Button variant="ink" onClick={reset}>
								{tryAgain}
							</Button>
						}
					>
						{brokenDetail}
					</EmptyState>
				</main>
			</body>
		</html>
	);
}
