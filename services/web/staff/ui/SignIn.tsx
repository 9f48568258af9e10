import { Picture } from "../../ui/Picture.tsx";
import { useTitle } from "../../ui/useTitle.ts";
import { signInPath } from "../api/session.ts";
import { Wordmark } from "./Wordmark.tsx";

/** What somebody sees who is not signed in. */
export function SignIn() {
  useTitle("Sign in");
  return (
    <main class="sign-in">
      <div class="sign-in-card">
        <Picture name="noodles" size={112} />
        <p class="wordmark">
          <Wordmark />
        </p>
        <h1>Behind the counter</h1>
        <p>For those who cook, take the money and lock up at night.</p>
        <a class="button button-wide" href={signInPath(window.location)}>
          Sign in
        </a>
        <a href="/">I am a guest: to the menu</a>
      </div>
    </main>
  );
}
