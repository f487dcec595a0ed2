import { z } from 'zod/mini'

/** Body of `POST /api/0/auth/login/`. */
export const Credentials = z.object({
  email: z.string().check(z.minLength(1), z.maxLength(320)),
  password: z.string().check(z.minLength(1), z.maxLength(1024)),
})
export type Credentials = z.infer<typeof Credentials>

/** Who is signed in: answer of `GET /api/0/auth/` and of a login. */
export const User = z.looseObject({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  username: z.optional(z.string()),
  avatarUrl: z.nullish(z.string()),
})
export type User = z.infer<typeof User>

/** Every refusal: exactly one key, because a client decodes it as a tagged enum. */
export const Refusal = z.looseObject({ detail: z.string() })
export type Refusal = z.infer<typeof Refusal>
