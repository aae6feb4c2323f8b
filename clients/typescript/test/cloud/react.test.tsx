// @vitest-environment happy-dom
// The sandbox is no web server: no page of another origin reads from it.
// @vitest-environment-options { "settings": { "fetch": { "disableSameOriginPolicy": true } } }
import { act, cleanup, render, renderHook, screen, waitFor } from "@testing-library/react";
import { type ReactNode, StrictMode } from "react";
import { afterEach, expect, test } from "vitest";
import { KamaiProvider, useBalance, useChat, usePresence, useRooms, useTransactions, useTransfer, useUnread } from "../../src/react.ts";
import { app, paid, user } from "./stack.ts";

afterEach(cleanup);

const patience = { timeout: 300_000 };

function Wallet() {
  const [balance, transactions, unread] = [useBalance(), useTransactions(), useUnread()];
  return (
    <p data-testid="wallet">
      {balance?.availableAmount ?? "…"} after {transactions[0]?.event ?? "nothing"}, {unread} unread
    </p>
  );
}

test("the balance moves without being asked for", async () => {
  const asha = app(await user());
  render(
    <KamaiProvider kamai={asha}>
      <Wallet />
    </KamaiProvider>,
  );
  expect(screen.getByTestId("wallet").textContent).toBe("… after nothing, 0 unread");
  await act(() => asha.open());
  await paid(asha, 12_345);
  await waitFor(() => expect(screen.getByTestId("wallet").textContent).toMatch(/^12345 after payment\.captured, [1-9]/), patience);
  await asha.close();
});

test("a transfer is followed from the wish to its event, and a refusal is told", async () => {
  const [asha, ravi] = [app(await user()), await user()];
  const wrapper = ({ children }: { children: ReactNode }) => <KamaiProvider kamai={asha}>{children}</KamaiProvider>;
  await asha.open();
  await paid(asha, 20_000);
  await expect.poll(() => asha.view.balance?.availableAmount).toBe(20_000);

  const { result } = renderHook(() => useTransfer(), { wrapper });
  const to = { type: "user" as const, user_id: ravi.userId };
  await act(() => result.current[1]({ to, amount: 5_000, currency: "INR" }));
  await waitFor(() => expect(result.current[0]).toMatchObject({ status: "sent", latest: { event: "transfer.sent" } }), patience);
  await act(() => result.current[1]({ to, amount: 5_000_000, currency: "INR" }));
  expect(result.current[0]).toMatchObject({ status: "refused", problem: { code: "insufficient_funds" } });
  await asha.close();
});

function Room({ roomId, with: other }: { roomId: string; with: string }) {
  const [{ messages, pending, unread }] = useChat(roomId);
  const [{ rooms }] = useRooms();
  const { presence } = usePresence(other);
  const said = [...messages.map(({ text }) => text), ...pending.map(({ text }) => `(${text})`)];
  return (
    <p data-testid="room">
      {rooms?.length ?? "…"} rooms, {presence}, {unread} unread: {said.join(" | ")}
    </p>
  );
}

test("a room is shown as it is written, with who is there, for as long as it is on the page", async () => {
  const [one, other] = await Promise.all([user(), user()]);
  const [asha, ravi] = [app(one), app(other)];
  const { id } = await asha.rooms.with(other.phone);
  const shows = (text: RegExp) => waitFor(() => expect(screen.getByTestId("room").textContent).toMatch(text), patience);
  const page = render(
    <StrictMode>
      <KamaiProvider kamai={asha}>
        <Room roomId={id} with={other.userId} />
      </KamaiProvider>
    </StrictMode>,
  );
  await shows(/^1 rooms, offline, 0 unread: $/);
  await act(() => ravi.open());
  await shows(/online/);
  ravi.chat(id).send("Where are you?");
  await shows(/1 unread: Where are you\?$/);
  await act(async () => void asha.chat(id).send("Here"));
  await shows(/\| Here$/);
  await act(async () => asha.chat(id).read());
  await shows(/0 unread/);
  page.unmount();
  expect([asha.chat(id).view.connection, asha.presence(other.userId).view.presence]).toEqual(["closed", "unknown"]);
  await Promise.all([asha.close(), ravi.close()]);
});
