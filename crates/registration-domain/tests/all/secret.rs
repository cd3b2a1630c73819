//! Whoever can read a log can do nothing with it.
use std::fmt::Debug;

use registration_domain::{
    access::Access, password::PasswordPolicy, use_case::decline_invitation::DeclineInvitation,
};

use super::{
    support::{PASSWORD, guest, origin, registration},
    world::{World, accept_command, setup_command, sign_in},
};

#[tokio::test]
async fn no_password_hash_or_token_is_shown_by_debug() {
    let world = World::founded().await;
    let token = world.token(world.invited("guest@example.org", Access::All).await).await;
    let stored = world.moment().await.account(world.owner.account).await.unwrap().unwrap();
    let secrets = [
        PASSWORD.to_owned(),
        stored.parts().password.as_phc().to_owned(),
        token.expose().to_owned(),
        world.owner_token.expose().to_owned(),
    ];
    let check = |shown: &dyn Debug| {
        let shown = format!("{shown:#?}");
        for secret in &secrets {
            assert!(!shown.contains(secret.as_str()), "{shown}");
        }
    };
    // What comes in.
    check(&sign_in(PASSWORD, PASSWORD, None));
    check(&setup_command(token.clone(), guest()));
    check(&accept_command(token.clone(), None, "newcomer"));
    let declining =
        DeclineInvitation { token: token.clone(), reason: None, block: false, origin: origin(), once: None };
    check(&declining);
    check(&registration().complete(&guest(), &PasswordPolicy::default()));
    // What goes out, and what is written.
    check(&world.sign_in("owen", PASSWORD).await);
    check(&world.platform.accept_invitation(accept_command(token.clone(), None, "newcomer")).await);
    check(&world.platform.authenticate(world.owner_token.expose(), origin()).await);
    check(&world.acts());
    while world.platform.deliver_mail().await.unwrap() > 0 {}
    check(&world.mailer.taken());
    check(&world.platform);
}
