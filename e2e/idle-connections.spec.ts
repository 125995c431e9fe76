import { connect } from "node:net";
import { expect, test } from "@playwright/test";
import { expectAwake } from "./fixtures/awake";
import { APP_PORT } from "./fixtures/raw-request";

test("B112: clients that never finish their request keep nobody else waiting", async () => {
	const slow = Array.from({ length: 200 }, () => {
		const socket = connect(APP_PORT, "127.0.0.1");
		socket.once("error", () => undefined);
		socket.write("GET / HTTP/1.1\r\nHost: 127.0");
		return socket;
	});
	await expectAwake();
	for (const socket of slow) socket.destroy();
	await expectAwake();
});

test("RES-14: thousands of idle connections are let go by themselves, and keep nobody waiting meanwhile", async () => {
	const request = `GET /icon.svg HTTP/1.1\r\nHost: 127.0.0.1:${APP_PORT}\r\n\r\n`;
	let [answered, closed] = [0, 0];
	const idle = Array.from({ length: 2000 }, (_, at) => {
		const socket = connect(APP_PORT, "127.0.0.1");
		socket.once("error", () => undefined);
		if (at % 2 === 0) return socket;
		socket.once("data", () => answered++);
		socket.once("close", () => closed++);
		socket.write(request);
		return socket;
	});
	await expect.poll(() => answered, { timeout: 15_000 }).toBe(1000);
	await expectAwake();
	await expect.poll(() => closed, { timeout: 15_000 }).toBe(1000);
	for (const socket of idle) socket.destroy();
	await expectAwake();
});
