import createNextIntlPlugin from "next-intl/plugin";

const withIntl = createNextIntlPlugin("./lib/i18n/request.ts");

/** @type {import('next').NextConfig} */
const config = {
	typedRoutes: true,
	poweredByHeader: false,
	agentRules: false,
	reactStrictMode: true,
	serverExternalPackages: ["better-sqlite3", "piscina", "unpdf", "linkedom", "tsx", "gpt-tokenizer"],
};

export default withIntl(config);
