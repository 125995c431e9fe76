"use client";
import "./globals.css";
import { GeistSans } from "geist/font/sans";
import { Button } from "@/components/ui/button";
import { EmptyPage } from "@/components/ui/empty-page";
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
				<main>
					<EmptyPage
						title={broken}
						action={
							<Button variant="ink" onClick={reset}>
								{tryAgain}
							</Button>
						}
					>
						{brokenDetail}
					</EmptyPage>
				</main>
			</body>
		</html>
	);
}
