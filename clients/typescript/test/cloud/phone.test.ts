import { afterAll, beforeAll, expect, test } from "vitest";
import type { Browser, Page } from "playwright-core";
import { hasBrowser, launch, picture } from "./browser.ts";
import { newPhone, stack } from "./stack.ts";

let browser: Browser;
const errors: string[] = [];
beforeAll(async () => {
  if (hasBrowser) browser = await launch();
});
afterAll(() => browser?.close());

/** Somebody's phone: the sandbox's page, as wide as the narrowest that are sold. */
async function open(path = `/phone/${newPhone()}`): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage();
  page.setDefaultTimeout(300_000);
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(stack.sandbox_url + path);
  return page;
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel("Message", { exact: true }).fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

const ATTACK = '<img src=x onerror="window.attacked=true"><script>window.attacked=true</script>';

/** As a phone's inbox shows them. */
const item = (id: string, more: object) => ({ id, channel: "whatsapp", from: "277321005464405", text: "", template: null, content: null, at: new Date().toISOString(), ...more });
const interactive = (type: string, action: object) => ({ type, body: { text: "" }, action });
const INBOX = [
  item("1", { channel: "sms", from: "KAMAIP", text: "123456 is your Kamai login code.", template: "1107" }),
  item("2", { text: `${ATTACK}\nनमस्ते रवि, ನಮಸ್ಕಾರ, வணக்கம்`, content: { body: ATTACK } }),
  item("3", {
    text: `Send ₹500 to ${ATTACK}?`,
    content: interactive("button", { buttons: ["Yes", ATTACK].map((title) => ({ type: "reply", reply: { id: `to:${title}`, title } })) }),
  }),
  item("4", {
    text: "Choose one.",
    content: interactive("list", { button: "Choose", sections: [{ title: ATTACK, rows: [{ id: "row:1", title: "Balance", description: ATTACK }, { id: "row:2", title: "Cash out" }] }] }),
  }),
  item("5", { text: "Open it", content: interactive("cta_url", { name: "cta_url", parameters: { display_text: "Open", url: "https://example.com/a?b=c" } }) }),
  item("6", { text: "Open that", content: interactive("cta_url", { name: "cta_url", parameters: { display_text: "Bad", url: "javascript:window.attacked=true" } }) }),
  item("7", { text: "Your statement", content: { id: "9", filename: "statement.pdf", caption: "Your statement" } }),
];

test.skipIf(!hasBrowser)("somebody who writes on the phone's page is answered there", async () => {
  const page = await open("/phone");
  await page.getByLabel("Phone number").fill("98765");
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByText("That is no phone number.").waitFor();
  await page.getByRole("button", { name: "A new number" }).click();
  await page.getByText("Nothing has come yet.").waitFor();
  expect(page.url()).toMatch(/\/phone\/\+917\d{9}$/);

  await write(page, "hello");
  const log = page.getByRole("log");
  await log.locator(".mine").getByText("hello", { exact: true }).waitFor();
  await log.locator(".message:not(.mine):not(.sms) .text").first().waitFor();
  await page.reload();
  await log.locator(".message:not(.mine) .text").first().waitFor();
  expect(await log.locator(".message").first().textContent(), "what was written stays, and where it was").toContain("hello");
  await page.screenshot({ path: picture("phone") });
  await page.context().close();
  expect(errors).toEqual([]);
});

test.skipIf(!hasBrowser)("what a phone receives is shown as text, and what is pressed is sent as a phone sends it", async () => {
  const page = await open("/phone");
  const sent: unknown[] = [];
  await page.route("**/phones/*/messages", (route) => route.fulfill({ json: { items: INBOX } }));
  await page.route("**/phones/*/whatsapp", (route) => {
    sent.push(route.request().postDataJSON());
    return route.fulfill({ status: 202, json: { id: "wamid.1" } });
  });
  await page.goto(`${stack.sandbox_url}/phone/${newPhone()}`);
  const log = page.getByRole("log");
  await log.getByText("SMS · KAMAIP").waitFor();
  await log.getByText("statement.pdf", { exact: true }).waitFor();

  const link = log.getByRole("link");
  expect(await link.count(), "none for a script").toBe(1);
  expect(await Promise.all(["href", "target", "rel"].map((name) => link.getAttribute(name)))).toEqual(["https://example.com/a?b=c", "_blank", "noopener noreferrer"]);

  await log.getByRole("button", { name: "Yes" }).click();
  await log.getByRole("button", { name: "Yes pressed" }).waitFor();
  await log.getByRole("button", { name: "Choose" }).click();
  await page.getByRole("dialog").getByText(ATTACK).first().waitFor();
  await page.keyboard.press("Escape");
  await log.getByRole("button", { name: "Choose" }).press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Cash out" }).press("Enter");
  await page.getByRole("button", { name: "Send as forwarded" }).click();
  await page.getByText("The next message goes out as forwarded.").waitFor();
  await write(page, ATTACK);
  await write(page, "plain");
  await expect.poll(() => sent.length).toBe(4);
  expect(sent).toEqual([
    { message: { type: "interactive", interactive: { type: "button_reply", button_reply: { id: "to:Yes", title: "Yes" } }, context: { id: "3" } } },
    { message: { type: "interactive", interactive: { type: "list_reply", list_reply: { id: "row:2", title: "Cash out" } }, context: { id: "4" } } },
    { message: { type: "text", text: { body: ATTACK }, context: { forwarded: true } } },
    { text: "plain" },
  ]);

  await page.screenshot({ path: picture("phone-inbox") });
  expect(await page.locator("#chat img, #chat script").count()).toBe(0);
  expect(await page.evaluate(() => "attacked" in window)).toBe(false);
  expect(await page.evaluate(() => document.documentElement.scrollWidth), "nothing is wider than the screen").toBeLessThanOrEqual(360);
  await page.context().close();
  expect(errors).toEqual([]);
});

test.skipIf(!hasBrowser)("an inline script that got into the page would not run", async () => {
  const page = await open();
  const refused = await page.evaluate(async () => {
    const script = document.createElement("script");
    try {
      script.textContent = "window.attacked = true";
      document.body.append(script);
      document.body.innerHTML = "<img src=x onerror='window.attacked=true'>";
    } catch (error) {
      return String(error);
    }
    return "nothing";
  });
  expect(refused).toContain("TrustedScript");
  expect(await page.evaluate(() => "attacked" in window)).toBe(false);
  await page.context().close();
});

test.skipIf(!hasBrowser)("a message that the sandbox does not take is kept, and tried again", async () => {
  const page = await open();
  await page.getByText("Nothing has come yet.").waitFor();
  await page.context().setOffline(true);
  await write(page, "in the tunnel");
  await page.getByText("Not sent.").waitFor();
  await page.getByText("The sandbox does not answer.").waitFor();
  await page.context().setOffline(false);
  await page.getByText("The sandbox does not answer.").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("Not sent.").waitFor({ state: "detached" });
  await page.context().close();
  expect(errors).toEqual([]);
});
