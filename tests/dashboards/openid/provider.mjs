// A real OpenID provider (oidc-provider) for the tests of signing in. Who signs in with a name that
// is in people.json gets the claims that stand there; the password is not looked at.
//
// Who has an `attack` there meets a provider that somebody got between: what it signed or said is
// changed on its way. When /another-key is asked it changes its key, and no longer has the one before.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { decodeJwt, exportJWK, exportSPKI, generateKeyPair, SignJWT } from "jose";
import { Provider } from "oidc-provider";

const [, , port, callback, people] = process.argv;
const claims = JSON.parse(readFileSync(people, "utf-8"));
const issuer = `http://127.0.0.1:${port}`;
const secret = "a secret of the tests, as long as it has to be";

const makeKey = async (kid) => {
  const pair = await generateKeyPair("RS256", { extractable: true });
  const about = { kid, use: "sig", alg: "RS256" };
  return {
    kid,
    sign: pair.privateKey,
    spki: await exportSPKI(pair.publicKey),
    whole: { ...(await exportJWK(pair.privateKey)), ...about },
    open: { ...(await exportJWK(pair.publicKey)), ...about },
  };
};
const first = await makeKey("first");
const second = await makeKey("second");
const strangers = await makeKey("a stranger's");
let current = first;

const sign = (payload, key = current, alg = "RS256", signer = key.sign) =>
  new SignJWT(payload).setProtectedHeader({ alg, kid: key.kid }).sign(signer);
const changed = (more) => (payload) => sign({ ...payload, ...more });
const without = (name) => ({ [name]: _, ...payload }) => sign(payload);
const encoded = (part) => Buffer.from(JSON.stringify(part)).toString("base64url");
const hour = 3600;

const attacks = {
  "nothing": (payload) => sign(payload),
  "forged-signature": (payload) => sign(payload, { ...strangers, kid: current.kid }),
  "earlier-key": (payload) => sign(payload, first),
  "no-algorithm": (payload) => `${encoded({ alg: "none", kid: current.kid })}.${encoded(payload)}.`,
  "clients-secret": (payload) => sign(payload, current, "HS256", Buffer.from(secret)),
  "open-key-as-secret": (payload) => sign(payload, current, "HS256", Buffer.from(current.spki)),
  "other-nonce": changed({ nonce: "of another sign-in" }),
  "no-nonce": without("nonce"),
  "other-issuer": changed({ iss: "https://elsewhere.example" }),
  "other-audience": changed({ aud: "another" }),
  "other-party": changed({ azp: "another" }),
  "several-audiences": changed({ aud: ["lesrust", "another"] }),
  "over": (payload) => sign({ ...payload, exp: payload.iat - hour, iat: payload.iat - 2 * hour }),
  "no-token": () => undefined,
};

const provider = new Provider(issuer, {
  clients: [{ client_id: "lesrust", client_secret: secret, redirect_uris: [callback] }],
  claims: {
    openid: ["sub", "amr"],
    profile: ["name", "preferred_username", "roles", "code"],
    email: ["email", "email_verified"],
  },
  conformIdTokenClaims: false,
  cookies: { keys: ["only for the tests"] },
  findAccount: (_, id) => claims[id] && { accountId: id, claims: () => ({ sub: id, ...claims[id] }) },
  jwks: { keys: [first.whole] },
  pkce: { required: () => true },
});
provider.use(async (context, next) => {
  await next();
  if (context.path === "/jwks") context.body = { keys: [current.open] };
  const route = context.oidc?.route;
  if (route === "token" && context.body?.id_token) {
    const payload = decodeJwt(context.body.id_token);
    const attack = claims[payload.sub].attack ?? "nothing";
    if (attack in attacks) context.body.id_token = await attacks[attack](payload);
  }
  if (route === "userinfo" && claims[context.body.sub]?.attack === "other-person")
    context.body.sub = "mulder";
});
const answer = provider.callback();
createServer((request, response) => {
  if (request.url !== "/another-key") return answer(request, response);
  current = second;
  response.end();
}).listen(Number(port), "127.0.0.1", () => console.log(`listening on ${port}`));
