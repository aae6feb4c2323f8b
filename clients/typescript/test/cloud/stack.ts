import { readFileSync } from "node:fs";
import { join } from "node:path";
import { randomInt } from "node:crypto";
import WebSocket from "ws";
import { Kamai, type KamaiOptions, type SocketClass } from "../../src/index.ts";

interface Stack {
  api_url: string;
  ws_url: string;
  sandbox_url: string;
}

/** The local cloud that `scripts/up` has started. */
export const stack: Stack = JSON.parse(readFileSync(join(import.meta.dirname, "../../../../.local/stack.json"), "utf8"));

export const socket = WebSocket as unknown as SocketClass;

export async function json<T>(url: string, body?: object): Promise<T> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, body ? { method: "POST", headers, body: JSON.stringify(body) } : {});
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

/** A phone that nobody has used before. */
export function newPhone(): string {
  return `+917${String(randomInt(1_000_000_000)).padStart(9, "0")}`;
}

/** The text messages that a phone has received. */
export async function messages(phone: string): Promise<{ text: string }[]> {
  return (await json<{ items: { text: string }[] }>(`${stack.sandbox_url}/phones/${phone.slice(1)}/messages`)).items;
}

/** The one-time password in the message number `number` of a phone, from 1, when it comes. */
export async function otp(phone: string, number = 1): Promise<string> {
  for (;;) {
    const found = (await messages(phone))[number - 1]?.text.match(/\b\d{6}\b/)?.[0];
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export interface User {
  userId: string;
  token: string;
  phone: string;
}

/** Logs in with the one-time password that a phone receives: somebody new, unless it is known. */
export async function user(phone = newPhone()): Promise<User> {
  const before = (await messages(phone)).length;
  const { challenge_id } = await json<{ challenge_id: string }>(`${stack.api_url}/v1/auth/otp`, { phone, channel: "sms" });
  const proof = { challenge_id, otp: await otp(phone, before + 1) };
  const tokens = await json<{ access_token: string; user_id: string }>(`${stack.api_url}/v1/auth/token`, proof);
  return { userId: tokens.user_id, token: tokens.access_token, phone };
}

/** Their app. */
export function app({ userId, token }: User, options: Partial<KamaiOptions> = {}): Kamai {
  const places = { apiUrl: stack.api_url, liveUrl: stack.ws_url, socket };
  return new Kamai({ ...places, userId, token: () => token, backoff: { baseMs: 50, maxMs: 1_000, random: Math.random }, ...options });
}

/** A customer pays this user, in paise. */
export async function paid(kamai: Kamai, amount: number): Promise<void> {
  const order = await kamai.outbox.send<{ razorpay: { order_id: string } }>("/v1/payments/orders", { amount, currency: "INR" });
  await json(`${stack.sandbox_url}/customer/pay`, { order_id: order.razorpay.order_id, outcome: "captured" });
}
