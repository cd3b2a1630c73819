//! The program from outside: started as people start it, and asked over HTTP as clients ask it.
mod all {
    pub(crate) mod client;
    mod commands;
    pub(crate) mod deployment;
    mod development;
    mod journey;
    pub(crate) mod mails;
    mod readme;
    mod secrets;
    pub(crate) mod server;
    mod slow_mail;
    pub(crate) mod world;

    mod races;
}
