"use client";
import "./globals.css";
import { GeistSans } from "geist/font/sans";
import words from "@/lib/i18n/broken.json";

/**
 * Takes the place of the whole document when even the layout fails, so its words do not come from the provider. Every
 * page loads it ahead, so they do not come with the whole catalogue either, and its few parts are its own.
 */
export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
	const { broken, brokenDetail, tryAgain, name } = words;
	return (
		<html lang="en" className={GeistSans.variable}>
			<body>
				<title>{name}</title>
				<main className="mx-auto max-w-[560px] px-6 py-24 max-desk:px-4 max-desk:py-14">
					<h1 className="text-[22px]/7">{broken}</h1>
					<p className="mt-1.5 mb-5 text-ink-2">{brokenDetail}</p>
					<button
						type="button"
						className="h-8 rounded-md border border-ink bg-ink px-3 text-[13px] font-medium text-paper hover:opacity-90"
						onClick={reset}
					>
						{tryAgain}
					</button>
				</main>
			</body>
		</html>
	);
}
