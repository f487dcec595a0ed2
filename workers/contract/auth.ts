import { z } from 'zod'

/** Body of `POST /api/0/auth/login/`. */
export const Credentials = z.object({
  email: z.string().min(1).max(320),
  password: z.string().min(1).max(1024),
})
export type Credentials = z.infer<typeof Credentials>

/** Who is signed in: answer of `GET /api/0/auth/` and of a login. */
export const User = z.looseObject({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  username: z.string().optional(),
  avatarUrl: z.string().nullish(),
})
export type User = z.infer<typeof User>

/** Every refusal: exactly one key, because a client decodes it as a tagged enum. */
export const Refusal = z.looseObject({ detail: z.string() })
export type Refusal = z.infer<typeof Refusal>
