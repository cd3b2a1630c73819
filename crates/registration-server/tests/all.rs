//! The program from outside: started as people start it, and asked over HTTP as clients ask it.
mod all {
    mod bad_input;
    pub(crate) mod client;
    mod coming_alone;
    mod commands;
    pub(crate) mod database;
    pub(crate) mod deployment;
    mod development;
    mod in_browser;
    mod journey;
    pub(crate) mod mails;
    mod readme;
    mod secrets;
    pub(crate) mod seen;
    pub(crate) mod server;
    mod slow_mail;
    mod watching;
    pub(crate) mod world;

    mod races;
}
