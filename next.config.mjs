import createNextIntlPlugin from "next-intl/plugin";

const withIntl = createNextIntlPlugin("./lib/i18n/request.ts");

/** @type {import('next').NextConfig} */
const config = {
	typedRoutes: true,
	poweredByHeader: false,
	agentRules: false,
	reactStrictMode: true,
	headers: async () => [
		{
			source: "/:path*",
			headers: [
				{ key: "Referrer-Policy", value: "no-referrer" },
				{ key: "X-Content-Type-Options", value: "nosniff" },
				{ key: "X-Frame-Options", value: "DENY" },
				{ key: "Cross-Origin-Resource-Policy", value: "same-origin" },
			],
		},
	],
	serverExternalPackages: ["better-sqlite3", "piscina", "unpdf", "linkedom", "tsx", "gpt-tokenizer"],
};

export default withIntl(config);
