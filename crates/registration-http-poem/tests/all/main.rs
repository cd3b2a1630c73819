//! The API from outside: requests go in, answers come out, and each is held against the document.
mod bad_input;
mod client;
mod codes;
mod conventions;
mod document;
mod email_domains;
mod files;
mod invitations;
mod listing;
mod matrix;
mod me;
mod organizations;
mod pages;
mod people;
mod scene;
mod schema;
mod sign_ups;
