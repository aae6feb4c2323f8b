import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { expect, test } from "vitest";
import { createServer } from "vite";
import { app, newPhone, otp, paid, user } from "./stack.ts";

const CHROMIUM = process.env["CHROMIUM"] || "/usr/bin/chromium";

test.skipIf(!existsSync(CHROMIUM))("the balance on the example page moves in a browser, without a reload", async () => {
  const server = await createServer({ configFile: join(import.meta.dirname, "../../example/vite.config.ts"), logLevel: "error" });
  await server.listen();
  const arguments_ = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: arguments_ });
  try {
    const page = await browser.newPage({ viewport: { width: 420, height: 900 } });
    page.setDefaultTimeout(300_000);
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto("http://127.0.0.1:5173/");
    const phone = newPhone();
    await page.getByLabel("Phone").fill(phone);
    await page.getByRole("button", { name: "Send a one-time password" }).click();
    await page.getByLabel("One-time password").fill(await otp(phone));
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByText("₹0.00", { exact: true }).waitFor();
    await page.getByText("Live", { exact: true }).waitFor();
    await page.evaluate(() => Object.assign(window, { loadedOnce: true }));

    // The same worker's other device; a customer pays.
    const other = app(await user(phone));
    await paid(other, 150_000);
    await page.getByText("₹1,500.00", { exact: true }).waitFor();
    await page.getByText("Payment captured").waitFor();

    const friend = await user();
    await page.getByLabel("Send to").fill(friend.phone);
    await page.getByLabel("Rupees").fill("250.50");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByText("Sent ₹250.50.").waitFor();
    await page.getByText("₹1,249.50", { exact: true }).waitFor();
    await page.getByRole("button", { name: /new$/ }).click();
    await page.getByRole("button", { name: /new$/ }).waitFor({ state: "detached" });
    expect(await page.evaluate(() => "loadedOnce" in window), "it was never loaded anew").toBe(true);
    await page.screenshot({ path: join(import.meta.dirname, "../../../../.local/page.png") });
    expect(errors).toEqual([]);
  } finally {
    await browser.close();
    await server.close();
  }
});
