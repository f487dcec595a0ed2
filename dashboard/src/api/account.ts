import { queryOptions } from '@tanstack/react-query'
import { type Credentials, User } from '#contract/auth.ts'
import { ApiFailure, request, send } from './request.ts'

/** Who is signed in; null when nobody is. */
export const account = queryOptions({
  queryKey: ['account'],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }): Promise<User | null> => {
    try {
      return await request(User, '/auth/', { signal })
    } catch (error) {
      if (error instanceof ApiFailure && error.status === 401) return null
      throw error
    }
  },
})

export function signIn(credentials: Credentials): Promise<User> {
  return request(User, '/auth/login/', { method: 'POST', body: credentials })
}

export async function signOut(): Promise<void> {
  await send('/auth/', { method: 'DELETE' })
}
