import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, type Page, chromium } from "playwright-core";
import { createServer } from "vite";
import { messages, newPhone, otp } from "./stack.ts";

const CHROMIUM = process.env["CHROMIUM"] || "/usr/bin/chromium";
const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export const hasBrowser = existsSync(CHROMIUM);

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, args: QUIET });

/** The example page, in a browser. */
export class Example {
  readonly browser: Browser;
  readonly #close: () => Promise<void>;
  readonly errors: string[] = [];

  private constructor(browser: Browser, close: () => Promise<void>) {
    this.browser = browser;
    this.#close = close;
  }

  static async start(): Promise<Example> {
    const server = await createServer({ configFile: join(import.meta.dirname, "../../example/vite.config.ts"), logLevel: "error" });
    await server.listen();
    const browser = await launch();
    return new Example(browser, async () => {
      await browser.close();
      await server.close();
    });
  }

  close(): Promise<void> {
    return this.#close();
  }

  /** Somebody opens the page and logs in: somebody new in a browser of their own, unless it is said who and where. */
  async logIn(phone = newPhone(), where?: BrowserContext): Promise<{ page: Page; phone: string }> {
    const page = await (where ?? (await this.browser.newContext({ viewport: { width: 960, height: 900 } }))).newPage();
    page.setDefaultTimeout(300_000);
    page.on("pageerror", (error) => this.errors.push(error.message));
    await page.goto("http://127.0.0.1:5173/");
    const received = (await messages(phone)).length;
    await page.getByLabel("Phone").fill(phone);
    await page.getByRole("button", { name: "Send a one-time password" }).click();
    await page.getByLabel("One-time password").fill(await otp(phone, received + 1));
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByText("₹0.00", { exact: true }).waitFor();
    await page.getByText("Live", { exact: true }).waitFor();
    return { page, phone };
  }
}

/** Kept beside the local cloud's own files. */
export const picture = (name: string) => join(import.meta.dirname, "../../../../.local", `${name}.png`);
