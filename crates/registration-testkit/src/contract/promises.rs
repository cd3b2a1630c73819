//! A promise that is broken is named, with where to read about it.
use std::{any::Any, pin::Pin};

/// What checks a promise: it panics where the promise is broken.
pub type Checked = Pin<Box<dyn Future<Output = ()> + Send>>;

/// One promise of a suite.
#[derive(Debug)]
pub struct Promise<Subject> {
    /// The suite that it belongs to.
    pub suite: &'static str,
    /// The promise: the name of a function of the suite's module.
    pub name: &'static str,
    /// Checks it on a fresh subject.
    pub check: fn(Subject) -> Checked,
}

/// Panics with the promise's name and address where it is broken.
pub async fn kept(suite: &str, promise: &str, check: impl Future<Output = ()> + Send + 'static) {
    let Err(broken) = tokio::spawn(check).await else { return };
    let why = broken.try_into_panic().map_or("it was stopped".into(), |it| words(&*it));
    panic!(
        "the promise `{promise}` of the suite `{suite}` is broken: {why}\n\
         (see registration_testkit::contract::{suite}::{promise})"
    );
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "it panicked".into())
}

/// The promises of the module in which this stands, as a list and as a macro that makes each a test.
macro_rules! promises {
    ($(#[$doc:meta])* $contract:ident, $suite:ident, $subject:ty: $($promise:ident),* $(,)?) => {
        promises!(@ ($) $(#[$doc])* $contract, $suite, $subject: $($promise),*);
    };
    (@ ($d:tt) $(#[$doc:meta])* $contract:ident, $suite:ident, $subject:ty: $($promise:ident),*) => {
        /// Every promise of this suite, in the order in which they stand here.
        pub const PROMISES: &[$crate::contract::Promise<$subject>] = &[$(
            $crate::contract::Promise {
                suite: stringify!($suite),
                name: stringify!($promise),
                check: |subject| Box::pin($promise(subject)),
            }
        ),*];

        $(#[$doc])*
        #[macro_export]
        macro_rules! $contract {
            ($d fresh:path) => {$(
                #[tokio::test(flavor = "multi_thread")]
                async fn $promise() {
                    let (subject, _guard) = $d fresh().await;
                    let check = $crate::contract::$suite::$promise(subject);
                    $crate::contract::kept(stringify!($suite), stringify!($promise), check).await;
                }
            )*};
        }
    };
}
