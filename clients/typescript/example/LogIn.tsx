import { type FormEvent, useState } from "react";

export interface Session {
  userId: string;
  token: string;
}

async function post<T>(url: string, body: object): Promise<T> {
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail ?? `The server answered ${response.status}.`);
  return answer as T;
}

/** Phone, then the one-time password that it receives. */
export function LogIn({ apiUrl, onSession }: { apiUrl: string; onSession: (session: Session) => Promise<void> }) {
  const [challenge, setChallenge] = useState<string>();
  const [problem, setProblem] = useState("");
  const submit = async (submitted: FormEvent<HTMLFormElement>) => {
    submitted.preventDefault();
    const field = (name: string) => String(new FormData(submitted.currentTarget).get(name) ?? "").trim();
    const [phone, otp] = [field("phone"), field("otp")];
    setProblem("");
    try {
      if (!challenge) {
        setChallenge((await post<{ challenge_id: string }>(`${apiUrl}/v1/auth/otp`, { phone, channel: "sms" })).challenge_id);
        return;
      }
      const tokens = await post<{ access_token: string; user_id: string }>(`${apiUrl}/v1/auth/token`, { challenge_id: challenge, otp });
      await onSession({ userId: tokens.user_id, token: tokens.access_token });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <form onSubmit={submit}>
      <h1>Kamai</h1>
      <label>
        Phone
        <input name="phone" type="tel" autoComplete="tel" placeholder="+919812345678" required readOnly={challenge !== undefined} />
      </label>
      {challenge && (
        <label>
          One-time password
          <input name="otp" inputMode="numeric" autoComplete="one-time-code" pattern="[0-9]{6}" required autoFocus />
        </label>
      )}
      <button>{challenge ? "Log in" : "Send a one-time password"}</button>
      {problem && <p role="alert">{problem}</p>}
    </form>
  );
}
