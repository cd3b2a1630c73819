//! The development mailbox.
use crate::{house::House, walk::walk};

#[test]
fn a_developer_reads_what_was_not_delivered() {
    walk(House::empty, |walk| {
        walk.see("/dev/mailbox", "Nothing here was delivered.");
        walk.see("/dev/mailbox/m1", "Open the link");
        walk.see("/dev/mailbox/m1?width=320&scheme=dark", "Checks");
        walk.see("/dev/mailbox/m1?width=600", "Full width");
        walk.see("/dev/mailbox/m1?view=text", "See the invitation");
        walk.see("/dev/mailbox/m1?view=headers", "auto-generated");
        walk.see("/dev/mailbox/m1?view=raw", "Download the message");
        walk.see("/dev/mailbox?q=to%3Anobody", "Nothing found for");
        walk.see("/dev/mailbox/m1", "Simulate bounce");
        walk.follow("article form button", "Mail to hana@acme.example bounces from now on.");
        walk.follow("button[name=deliver]", "Mail to hana@acme.example arrives again.");
    });
}
