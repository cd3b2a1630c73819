//! The threads that hash are always the same few: what each once took of memory serves it again and again, where
//! the many of a runtime would each keep their own.
use std::{
    io,
    panic::{self, AssertUnwindSafe},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
};

use registration_domain::port::PortError;
use tokio::sync::oneshot;

type Work = Box<dyn FnOnce() + Send>;

/// They end with this, after what they were asked for.
pub(super) struct Threads(mpsc::Sender<Work>);

impl Threads {
    pub(super) fn start(count: usize) -> io::Result<Self> {
        let (sender, receiver) = mpsc::channel();
        let receiver = Arc::new(Mutex::new(receiver));
        for number in 0..count.max(1) {
            let receiver = Arc::clone(&receiver);
            thread::Builder::new().name(format!("hashing {number}")).spawn(move || serve(&receiver))?;
        }
        Ok(Self(sender))
    }

    /// Does it on whichever is free first, also when nobody waits for it any more.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PortError> {
        let (sender, answer) = oneshot::channel();
        let work = Box::new(move || drop(sender.send(work())));
        self.0.send(work).map_err(|_| PortError::Unavailable("no thread hashes any more".into()))?;
        answer.await.map_err(|_| PortError::Unavailable("hashing panicked".into()))
    }
}

fn serve(waiting: &Mutex<mpsc::Receiver<Work>>) {
    loop {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(work) = next else { return };
        // Whoever waits for it learns that there is no answer, and the thread goes on.
        drop(panic::catch_unwind(AssertUnwindSafe(work)));
    }
}
