//! The socket of a connection, which notes what happens on it and words refusals that the protocol leaves bare.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Duration, Sleep, sleep},
};

use super::{
    pulse::Pulse,
    refused_head::{Refuse, Wording},
};

/// How long we go on reading what a refused client still sends, so that it gets to read our answer.
const LINGER: Duration = Duration::from_secs(2);

pub(super) struct GuardedIo {
    socket: TcpStream,
    pulse: Arc<Pulse>,
    refuse: Refuse,
    refusal: Refusal,
    has_read: bool,
    lingering: Option<Pin<Box<Sleep>>>,
}

/// The worded refusal on its way.
enum Refusal {
    None,
    Wording(Wording),
    Writing { bytes: Vec<u8>, written: usize },
    Written,
}

impl GuardedIo {
    pub(super) fn new(socket: TcpStream, pulse: Arc<Pulse>, refuse: Refuse) -> Self {
        Self { socket, pulse, refuse, refusal: Refusal::None, has_read: false, lingering: None }
    }

    /// Takes the protocol's bare refusal in and starts to word it. It is the last thing on the connection.
    fn takes_over(&mut self, bytes: &[u8]) -> bool {
        match self.refusal {
            Refusal::None => {}
            Refusal::Wording(_) | Refusal::Writing { .. } | Refusal::Written => return true,
        }
        if !self.pulse.owes_no_answer() {
            return false;
        }
        let Some(wording) = self.refuse.word(bytes) else { return false };
        self.pulse.refuses_head();
        self.refusal = Refusal::Wording(wording);
        true
    }

    fn poll_refusal(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            match &mut self.refusal {
                Refusal::None | Refusal::Written => return Poll::Ready(Ok(())),
                Refusal::Wording(wording) => {
                    let bytes = ready!(wording.as_mut().poll(cx));
                    self.refusal = Refusal::Writing { bytes, written: 0 };
                }
                Refusal::Writing { bytes, written } if *written < bytes.len() => {
                    let rest = &bytes[*written..];
                    *written += ready!(Pin::new(&mut self.socket).poll_write(cx, rest))?;
                }
                Refusal::Writing { .. } => self.refusal = Refusal::Written,
            }
        }
    }

    /// Closing while unread bytes wait makes the kernel reset the connection, and the answer is lost.
    fn poll_linger(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let mut unread = [0; 16 * 1024];
        loop {
            let alarm = self.lingering.get_or_insert_with(|| Box::pin(sleep(LINGER)));
            if alarm.as_mut().poll(cx).is_ready() {
                return Poll::Ready(());
            }
            let mut buffer = ReadBuf::new(&mut unread);
            let read = ready!(Pin::new(&mut self.socket).poll_read(cx, &mut buffer));
            if read.is_err() || buffer.filled().is_empty() {
                return Poll::Ready(());
            }
        }
    }

    fn note<T>(&self, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        self.pulse.is_stuck(written.is_pending());
        written
    }
}

impl AsyncRead for GuardedIo {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.socket).poll_read(cx, buffer))?;
        let bytes = &buffer.filled()[before..];
        if !bytes.is_empty() {
            let first = !std::mem::replace(&mut self.has_read, true);
            self.pulse.has_read(bytes, first);
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for GuardedIo {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.takes_over(bytes) {
            return Poll::Ready(Ok(bytes.len()));
        }
        let written = Pin::new(&mut self.socket).poll_write(cx, bytes);
        self.note(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if slices.first().is_some_and(|head| self.takes_over(head)) {
            return Poll::Ready(Ok(slices.iter().map(|slice| slice.len()).sum()));
        }
        let written = Pin::new(&mut self.socket).poll_write_vectored(cx, slices);
        self.note(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_refusal(cx))?;
        ready!(Pin::new(&mut self.socket).poll_flush(cx))?;
        self.pulse.has_flushed();
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_refusal(cx))?;
        if self.lingering.is_none() {
            ready!(Pin::new(&mut self.socket).poll_shutdown(cx))?;
        }
        if self.pulse.may_be_sending() {
            ready!(self.poll_linger(cx));
        }
        Poll::Ready(Ok(()))
    }
}
