/** The number of a card that passes its check, and one of an order that does not. */
const CARD = '4242 4242 4242 4242'
const ORDER = '4571234567890111'
/** Put together, so that scanners of repositories do not take it for real. */
const TOKEN = ['gh', 'p_Zb7Qx2Lm9Kd4Rt6Yp1Wc8Vn3Hs5Gf0JkZb7Q'].join('')

/** An event with secrets of most kinds where they are met, and with look-alikes that should stay. */
export const SAMPLE_EVENT = {
  platform: 'python',
  logentry: { formatted: `order ${ORDER} for jane@example.com was refused` },
  exception: {
    values: [
      {
        type: 'PaymentError',
        value: `card ${CARD} declined at https://pay.example/charge?api_key=s3cr3tK3y`,
        stacktrace: {
          frames: [
            {
              function: 'charge',
              filename: 'shop/payment.py',
              lineno: 42,
              context_line: `    client = Gateway(token="${TOKEN}")`,
              in_app: true,
              vars: { password: 'hunter2xy', author: 'Jane', attempts: 3 },
            },
          ],
        },
      },
    ],
  },
  request: {
    method: 'POST',
    url: 'https://shop.example/checkout',
    query_string: 'step=2&session_token=abc123def',
    headers: { Authorization: 'Bearer abc123def456', 'User-Agent': 'Mozilla/5.0' },
    cookies: { theme: 'dark', sessionid: '1x2y3z4w' },
    env: { REMOTE_ADDR: '203.0.113.7' },
  },
  user: { id: '42', email: 'jane@example.com', ip_address: '203.0.113.7' },
  breadcrumbs: {
    values: [
      { type: 'query', message: 'connect postgres://shop:hunter2@db/shop' },
      { type: 'http', message: 'POST /login', data: { body: '{"pin":"1234","max_tokens":4096}' } },
    ],
  },
  tags: { note: 'IBAN DE89370400440532013000', commit: '4cf1ab9e7d' },
  extra: { max_tokens: 4096, tokenizer: 'wordpiece', client_secret: 'x9y8z7w6' },
}
