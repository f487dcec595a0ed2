//! A program that panics while it works, and reports it as it goes down.

#[derive(Debug)]
struct Shelf {
    boxes: Vec<u32>,
}

impl Shelf {
    #[inline(never)]
    fn heaviest(&self) -> u32 {
        *self.boxes.iter().max().expect("the shelf is empty")
    }
}

fn main() {
    let options = sentry::ClientOptions::new()
        .release("stock@0.3.0")
        .environment("production")
        .attach_stacktrace(true)
        .auto_session_tracking(true);
    let dsn = std::env::var("SENTRY_DSN").expect("SENTRY_DSN");
    let _guard = sentry::init((dsn, options));
    sentry::configure_scope(|scope| scope.set_tag("shelf", "A7"));
    sentry::add_breadcrumb(sentry::Breadcrumb {
        message: Some("counting".into()),
        ..Default::default()
    });
    println!("{}", Shelf { boxes: vec![] }.heaviest());
}
