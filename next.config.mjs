import createNextIntlPlugin from "next-intl/plugin";

/** The texts are parsed when the product is built: the browser loads no parser for them. */
const withIntl = createNextIntlPlugin({
	requestConfig: "./lib/i18n/request.ts",
	experimental: {
		messages: { path: "./lib/i18n", format: "json", locales: "infer", sourceLocale: "en", precompile: true },
	},
});

/** @type {import('next').NextConfig} */
const config = {
	typedRoutes: true,
	poweredByHeader: false,
	agentRules: false,
	reactStrictMode: true,
	// `npm run check` looks at the types; whoever starts the product need not wait for it.
	typescript: { ignoreBuildErrors: true },
	// Pictures may be a stranger's: the server decodes none (`/_next/image` is then not there).
	images: { unoptimized: true },
	headers: async () => [
		{
			source: "/:path*",
			headers: [
				{ key: "Referrer-Policy", value: "no-referrer" },
				{ key: "X-Content-Type-Options", value: "nosniff" },
				{ key: "X-Frame-Options", value: "DENY" },
				{ key: "Cross-Origin-Resource-Policy", value: "same-origin" },
				{ key: "Cross-Origin-Opener-Policy", value: "same-origin" },
				{ key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), usb=(), payment=()" },
			],
		},
		{
			// The proxy, which sets a policy on all else, leaves these two out.
			source: "/api/:taking(library|attachments)",
			headers: [{ key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" }],
		},
	],
	serverExternalPackages: [
		"better-sqlite3",
		"piscina",
		"unpdf",
		"linkedom",
		"tsx",
		"gpt-tokenizer",
		"@e2b/code-interpreter",
	],
};

export default withIntl(config);
