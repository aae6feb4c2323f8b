import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import { Kamai } from "../src/index.ts";
import { KamaiProvider } from "../src/react.ts";
import { LogIn, type Session } from "./LogIn.tsx";
import { Rooms } from "./Rooms.tsx";
import { Wallet } from "./Wallet.tsx";

/** Where the local cloud is; `vite.config.ts` puts it in. */
declare const STACK: { api_url: string; ws_url: string };

function Page() {
  const [kamai, setKamai] = useState<Kamai>();
  const begin = async ({ userId, token }: Session) => {
    const opened = new Kamai({ apiUrl: STACK.api_url, liveUrl: STACK.ws_url, userId, token: () => token, storage: localStorage });
    await opened.open();
    setKamai(opened);
  };
  if (!kamai) return <LogIn apiUrl={STACK.api_url} onSession={begin} />;
  return (
    <KamaiProvider kamai={kamai}>
      <div>
        <Wallet />
      </div>
      <Rooms />
    </KamaiProvider>
  );
}

const page = document.getElementById("page");
if (page) {
  createRoot(page).render(
    <StrictMode>
      <Page />
    </StrictMode>,
  );
}
