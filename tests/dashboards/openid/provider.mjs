// A real OpenID provider (oidc-provider) for the tests of signing in. Who signs in with a name that
// is in people.json gets the claims that stand there; the password is not looked at.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const [, , port, callback, people] = process.argv;
const claims = JSON.parse(readFileSync(people, "utf-8"));
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [{
    client_id: "lesrust",
    client_secret: "a secret of the tests",
    redirect_uris: [callback],
  }],
  claims: {
    openid: ["sub", "amr"],
    profile: ["name", "preferred_username", "roles", "code"],
    email: ["email", "email_verified"],
  },
  conformIdTokenClaims: false,
  cookies: { keys: ["only for the tests"] },
  findAccount: (_, id) => claims[id] && { accountId: id, claims: () => ({ sub: id, ...claims[id] }) },
  pkce: { required: () => true },
});
createServer(provider.callback()).listen(Number(port), "127.0.0.1", () => console.log(`listening on ${port}`));
