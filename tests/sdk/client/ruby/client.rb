# A job that fails: what it raises is captured, and sent before the program ends.
require 'sentry-ruby'

class Till
  def close(basket)
    raise ArgumentError, "basket #{basket} has no lines"
  end
end

Sentry.init do |config|
  config.dsn = ENV.fetch('SENTRY_DSN')
  config.environment = 'production'
  config.release = 'ruby-job@2.1.0'
  config.background_worker_threads = 0
end

Sentry.set_user(id: 'u-12', email: 'yukihiro@shop.example')
Sentry.set_tags(service: 'billing')
Sentry.add_breadcrumb(Sentry::Breadcrumb.new(category: 'till', message: 'till opened'))
begin
  Till.new.close(7)
rescue ArgumentError => e
  Sentry.capture_exception(e)
end
