//! The rules alone, and the verbs around them: no server, no database, no clock that moves by itself.

mod all {
    mod accept;
    mod account;
    mod change_password;
    mod change_set;
    mod closing;
    mod details;
    mod email_change;
    mod email_domain;
    mod explain;
    mod export;
    mod follow;
    mod found;
    mod guess;
    mod invitation;
    mod invite;
    mod invite_owner;
    mod job;
    mod joining;
    mod joining_by_code;
    mod joining_by_domain;
    mod joining_over_time;
    mod joining_told;
    mod joining_world;
    mod limit;
    mod link;
    mod manage;
    mod member;
    mod membership;
    mod notice;
    mod own_invitations;
    mod permit;
    mod race;
    mod reset;
    mod secret;
    mod session;
    mod sessions;
    mod sign_in;
    mod sign_in_verb;
    mod sign_up;
    mod support;
    mod unavailable;
    mod value;
    mod verb;
    mod world;
}
