import { afterAll, beforeAll, expect, test } from "vitest";
import { Example, hasBrowser, picture } from "./browser.ts";
import { app, paid, user } from "./stack.ts";

let example: Example;
beforeAll(async () => {
  if (hasBrowser) example = await Example.start();
});
afterAll(() => example?.close());

test.skipIf(!hasBrowser)("the balance on the example page moves in a browser, without a reload", async () => {
  const { page, phone } = await example.logIn();
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
  await page.screenshot({ path: picture("page") });
  await page.context().close();
  expect(example.errors).toEqual([]);
});

test.skipIf(!hasBrowser)("two people write to each other in two browsers, and what they write is text", async () => {
  const [asha, ravi] = await Promise.all([example.logIn(), example.logIn()]);
  const write = async ({ page }: { page: typeof asha.page }, text: string) => {
    await page.getByLabel("Message", { exact: true }).fill(text);
    await page.getByRole("button", { name: "Write" }).click();
  };
  await asha.page.getByLabel("Write to").fill(ravi.phone);
  await asha.page.getByRole("button", { name: "Open" }).click();
  await asha.page.getByText("Online", { exact: true }).waitFor();
  await ravi.page.getByRole("navigation").getByRole("button").click();
  await ravi.page.getByText("Online", { exact: true }).waitFor();

  const attack = '<img src=x onerror="window.attacked=true"><script>window.attacked=true</script>';
  await ravi.page.getByLabel("Message", { exact: true }).pressSequentially("I type");
  await asha.page.getByText("is writing …").waitFor();
  await write(ravi, attack);
  await asha.page.getByText(attack, { exact: true }).waitFor();
  for (const { page } of [asha, ravi]) {
    expect(await page.locator(".messages img, .messages script").count()).toBe(0);
    expect(await page.evaluate(() => "attacked" in window)).toBe(false);
  }
  await ravi.page.getByText("Read", { exact: true }).waitFor();

  await asha.page.context().setOffline(true);
  await write(asha, "Coming, on the bus");
  await asha.page.getByText("Sending …").waitFor();
  await asha.page.context().setOffline(false);
  await ravi.page.getByText("Coming, on the bus", { exact: true }).waitFor();
  await asha.page.getByText("Sending …").waitFor({ state: "detached" });
  await asha.page.getByRole("button", { name: "Delete" }).click();
  await ravi.page.getByText("Deleted", { exact: true }).waitFor();
  expect(await ravi.page.getByText("Coming, on the bus").count()).toBe(0);
  await asha.page.screenshot({ path: picture("chat") });

  await asha.page.context().close();
  await ravi.page.getByText("Offline", { exact: true }).waitFor();
  await ravi.page.context().close();
  expect(example.errors).toEqual([]);
});

test.skipIf(!hasBrowser)("what was written on a page that is gone is sent by another of the same user", async () => {
  const friend = await user();
  const { page, phone } = await example.logIn();
  const other = await example.logIn(phone, page.context());
  for (const each of [page, other.page]) {
    await each.getByLabel("Write to").fill(friend.phone);
    await each.getByRole("button", { name: "Open" }).click();
    await each.getByLabel("Message", { exact: true }).waitFor();
  }
  await page.context().setOffline(true);
  for (const [each, text] of [[page, "from the first"], [other.page, "from the second"]] as const) {
    await each.getByLabel("Message", { exact: true }).fill(text);
    await each.getByRole("button", { name: "Write" }).click();
    await each.getByText("Sending …").waitFor();
  }
  const locks = () => other.page.evaluate(async () => (await navigator.locks.query()).held?.length);
  expect(await locks(), "each page has one for its commands and one for its messages").toBe(4);
  await page.close();
  await expect.poll(locks).toBe(2);
  await other.page.context().setOffline(false);
  for (const text of ["from the first", "from the second"]) await other.page.getByText(text, { exact: true }).waitFor();
  await expect.poll(() => other.page.getByText("Sending …").count()).toBe(0);
  expect(await other.page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  await other.page.context().close();
  expect(example.errors).toEqual([]);
});
