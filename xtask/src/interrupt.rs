//! Ctrl-C, SIGTERM and SIGHUP end the program that runs; the guards on the stack then stop the servers.
use std::{
    os::unix::process::CommandExt,
    process::{Child, ChildStdout, Command, ExitStatus, Stdio},
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

use anyhow::{Context, Result, bail};
use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};

struct State {
    asked: bool,
    group: Option<Pid>,
}

static STATE: Mutex<State> = Mutex::new(State { asked: false, group: None });
static CHANGED: Condvar = Condvar::new();

pub(crate) fn watch() -> Result<()> {
    ctrlc::set_handler(|| {
        let mut state = state();
        // Who asks again does not want to wait.
        let signal = if state.asked { Signal::SIGKILL } else { Signal::SIGTERM };
        state.asked = true;
        if let Some(group) = state.group {
            // It may just have ended by itself.
            let _ = killpg(group, signal);
        }
        CHANGED.notify_all();
    })
    .context("cannot watch for signals")
}

/// Returns when the developer has had enough.
pub(crate) fn wait() {
    let _asked = CHANGED.wait_while(state(), |state| !state.asked).unwrap_or_else(PoisonError::into_inner);
}

pub(crate) fn refuse_when_asked() -> Result<()> {
    if state().asked {
        bail!("interrupted");
    }
    Ok(())
}

/// The one program that runs at a time, in a process group of its own so that its children end with it.
pub(crate) struct Running(Child);

impl Running {
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let mut state = state();
        if state.asked {
            bail!("interrupted");
        }
        let child = command
            .stdin(Stdio::null())
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start {}", command.get_program().display()))?;
        state.group = Some(group(&child)?);
        Ok(Self(child))
    }

    pub(crate) fn stdout(&mut self) -> Option<ChildStdout> {
        self.0.stdout.take()
    }

    pub(crate) fn wait(mut self) -> Result<ExitStatus> {
        let status = self.0.wait()?;
        state().group = None;
        refuse_when_asked()?;
        Ok(status)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        state().group = None;
        if let (Ok(None), Ok(group)) = (self.0.try_wait(), group(&self.0)) {
            let _ = killpg(group, Signal::SIGTERM);
            let _ = self.0.wait();
        }
    }
}

fn group(child: &Child) -> Result<Pid> {
    Ok(Pid::from_raw(i32::try_from(child.id())?))
}

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}
