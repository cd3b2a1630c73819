//! A step is taken by a verb of the platform, on one of what there is.
mod joining;

use std::fmt::Debug;

use registration_domain::{
    access::Access,
    account::AccountId,
    email::Email,
    invitation::Invitation,
    link::{Link, LinkPurpose},
    membership::Membership,
    organization::{OrganizationId, OrganizationKind},
    organization_name::OrganizationName,
    permission::Permission,
    platform::{Answer, VerbError},
    refusal::Refusal,
    revision::Generation,
    secret::Secret,
    session::{Caller, Origin},
    sign_up::{SignUp, SignUpId},
    use_case::{
        amend_invitation::{AmendInvitation, Amendment},
        change_access::ChangeAccess,
        decline_invitation::DeclineInvitation,
        found_organization::FoundOrganization,
        hand_over_ownership::HandOverOwnership,
        invite::Invite,
        registration::Registration,
        remove_member::RemoveMember,
        revoke_invitation::RevokeInvitation,
        sign_up::StartSignUpRefusal,
        verify_sign_up::VerifySignUp,
        wish_for_new_invitation::WishForNewInvitation,
    },
    username::Username,
    verification_code::CodeFor,
};

use super::{Guess, State, Step};
use crate::scenario::{self, Member, PASSWORD, TestPlatform, accept, registration, verify_sign_up};

/// What a step comes to: what was answered, or the code of the refusal.
type Came = Result<String, &'static str>;

const ADDRESSES: [&str; 7] = [
    "ben@example.org",
    "BEN@Example.org",
    "cleo@example.org",
    "dora@example.org",
    "Dora@example.org",
    "ada@example.org",
    "eve@example.org",
];
const USERNAMES: [&str; 5] = ["ben.okri", "cleo.p", "dora.m", "eve.x", "ada.l"];

/// What it came to, and the sign-up that it started.
pub(super) async fn take(test: &TestPlatform, state: &State, step: &Step) -> (Came, Option<SignUpId>) {
    let hand = Hand { test, state };
    let mut started = None;
    let came = match step {
        Step::Wait { span } => {
            test.wait(*span);
            Ok(String::new())
        }
        Step::Found { by } => hand.found(*by).await,
        Step::Invite { by, within, address, access, key } => {
            hand.invite(*by, *within, *address, *access, *key).await
        }
        Step::Resend { by, invitation } => hand.amend(*by, *invitation, Amendment::Resend).await,
        Step::Correct { by, invitation, address: to, access: with } => {
            let correct = Amendment::Correct { email: to.map(address), access: with.map(access) };
            hand.amend(*by, *invitation, correct).await
        }
        Step::Revoke { by, invitation } => hand.revoke(*by, *invitation).await,
        Step::AcceptAsNew { invitation, older, username } => {
            hand.accept_as_new(*invitation, *older, *username).await
        }
        Step::AcceptAs { invitation, by } => hand.accept_as(*invitation, *by).await,
        Step::Decline { invitation, block } => hand.decline(*invitation, *block).await,
        Step::Wish { invitation } => hand.wish(*invitation).await,
        Step::ChangeAccess { by, member, access } => hand.change_access(*by, *member, *access).await,
        Step::Remove { by, member } => hand.remove(*by, *member).await,
        Step::Leave { member } => hand.leave(*member).await,
        Step::HandOver { by, to } => hand.hand_over(*by, *to).await,
        Step::SignIn { who, right } => hand.sign_in(*who, *right).await,
        Step::BeFound { by, within, discoverable } => hand.be_found(*by, *within, *discoverable).await,
        Step::Ask { by, within } => hand.ask(*by, *within).await,
        Step::MakeCode { by, within, access, admits, uses } => {
            hand.make_code(*by, *within, *access, *admits, *uses).await
        }
        Step::TypeCode { by, code, right } => hand.type_code(*by, *code, *right).await,
        Step::RevokeCode { by, code } => hand.revoke_code(*by, *code).await,
        Step::DecideRequest { by, request, access } => hand.decide(*by, *request, *access).await,
        Step::Withdraw { by, request } => hand.withdraw(*by, *request).await,
        Step::Remind { by, request } => hand.remind(*by, *request).await,
        Step::TendRequests => hand.tend().await,
        Step::SignUp { address, username } => {
            let answer = hand.sign_up(*address, *username).await;
            started = answer.as_ref().ok().map(|it| it.what.id());
            came(answer)
        }
        Step::ResendCode { sign_up } => hand.resend_code(*sign_up).await,
        Step::Verify { sign_up, code, username } => hand.verify(*sign_up, *code, *username).await,
        Step::CloseUnbacked => answered(test.platform.close_unbacked_invitations().await.map_err(failed)),
        Step::DeliverMail => answered(test.platform.deliver_mail().await.map_err(failed)),
    };
    (came, started)
}

/// Takes one of what there is.
struct Hand<'a> {
    test: &'a TestPlatform,
    state: &'a State,
}

impl Hand<'_> {
    async fn found(&self, by: u8) -> Came {
        let name = OrganizationName::parse("Beta").expect("a name");
        let command =
            FoundOrganization { by: self.caller(by), name, kind: OrganizationKind::Seller, once: None };
        came(self.test.platform.found_organization(command).await)
    }
    async fn invite(&self, by: u8, within: u8, to: u8, with: u8, key: Option<u8>) -> Came {
        let (organization, by) = (self.organization(within), self.caller(by));
        let membership = self.state.members[0].membership.id();
        let by = Member { account: by.account, organization, membership };
        let command = scenario::invite(&by, ADDRESSES[usize::from(to) % ADDRESSES.len()], access(with));
        let request = format!("{command:?}");
        let caller = by.account.to_string();
        let once = |key: u8| {
            let (platform, key) = (&self.test.platform, format!("key {key}"));
            platform.once(Some(&caller), "invitations", &key, request.as_bytes())
        };
        came(self.test.platform.invite(Invite { once: key.map(once), ..command }).await)
    }
    async fn amend(&self, by: u8, invitation: u8, amendment: Amendment) -> Came {
        let Some(it) = self.invitation(invitation) else { return Err("nothing_there") };
        let (organization, invitation) = (it.parts().organization, it.id());
        let command =
            AmendInvitation { by: self.caller(by), organization, invitation, amendment, once: None };
        came(self.test.platform.amend_invitation(command).await)
    }
    async fn revoke(&self, by: u8, invitation: u8) -> Came {
        let Some(it) = self.invitation(invitation) else { return Err("nothing_there") };
        let (organization, invitation) = (it.parts().organization, it.id());
        let by = self.caller(by);
        let command = RevokeInvitation { by, organization, invitation, reason: None, once: None };
        came(self.test.platform.revoke_invitation(command).await)
    }
    async fn accept_as_new(&self, invitation: u8, older: u8, username: u8) -> Came {
        let Some(it) = self.invitation(invitation) else { return Err("nothing_there") };
        let registration = registration(USERNAMES[usize::from(username) % USERNAMES.len()]);
        let token = self.token(it, older);
        came(self.test.platform.accept_invitation(accept(token, None, registration)).await)
    }
    async fn accept_as(&self, invitation: u8, by: u8) -> Came {
        let Some(it) = self.invitation(invitation) else { return Err("nothing_there") };
        let command = accept(self.token(it, 0), Some(self.caller(by)), Registration::default());
        came(self.test.platform.accept_invitation(command).await)
    }
    async fn decline(&self, invitation: u8, block: bool) -> Came {
        let Some(it) = self.invitation(invitation) else { return Err("nothing_there") };
        let (token, origin) = (self.token(it, 0), Origin(None));
        let command = DeclineInvitation { token, reason: None, block, origin, once: None };
        answered(self.test.platform.decline_invitation(command).await.map_err(|it| it.code()))
    }
    async fn wish(&self, invitation: u8) -> Came {
        let Some(it) = self.invitation(invitation) else { return Err("nothing_there") };
        let command = WishForNewInvitation { token: self.token(it, 0), origin: Origin(None), once: None };
        answered(self.test.platform.wish_for_new_invitation(command).await.map_err(|it| it.code()))
    }
    async fn change_access(&self, by: u8, member: u8, to: u8) -> Came {
        let it = self.member(member).parts().clone();
        let (organization, member, seen) = (it.organization, it.id, it.revision);
        let command = ChangeAccess { by: self.caller(by), organization, member, access: access(to), seen };
        answered(self.test.platform.change_access(command).await.map_err(|it| it.code()))
    }
    async fn remove(&self, by: u8, member: u8) -> Came {
        let it = self.member(member).parts();
        let (organization, member) = (it.organization, it.id);
        let command = RemoveMember { by: self.caller(by), organization, member, reason: None };
        answered(self.test.platform.remove_member(command).await.map_err(|it| it.code()))
    }
    async fn leave(&self, member: u8) -> Came {
        let it = self.member(member).parts();
        let by = Caller { account: it.account, origin: Origin(None) };
        answered(self.test.platform.leave(&by, it.id).await.map_err(|it| it.code()))
    }
    async fn hand_over(&self, by: u8, to: u8) -> Came {
        let it = self.member(to).parts();
        let (organization, to) = (it.organization, it.id);
        let command = HandOverOwnership { by: self.caller(by), organization, to, once: None };
        came(self.test.platform.hand_over_ownership(command).await)
    }
    async fn sign_in(&self, who: u8, right: bool) -> Came {
        let account = &self.state.accounts[usize::from(who) % self.state.accounts.len()];
        let password = if right { PASSWORD } else { "wrong" };
        let identifier = account.parts().email.as_str().to_ascii_uppercase();
        came(self.test.sign_in(&identifier, password, "phone").await)
    }

    async fn sign_up(&self, address: u8, named: u8) -> Result<Answer<SignUp>, VerbError<StartSignUpRefusal>> {
        let address = ADDRESSES[usize::from(address) % ADDRESSES.len()];
        self.test.sign_up(address, USERNAMES[usize::from(named) % USERNAMES.len()]).await
    }
    async fn resend_code(&self, sign_up: u8) -> Came {
        let Some(it) = self.sign_up_of(sign_up) else { return Err("nothing_there") };
        came(self.test.resend_code(it).await)
    }
    async fn verify(&self, sign_up: u8, guess: Guess, named: Option<u8>) -> Came {
        let Some(it) = self.sign_up_of(sign_up) else { return Err("nothing_there") };
        let (newest, codes) = (it.code(), &self.test.ports.codes);
        let code = match guess {
            Guess::Right => codes.code(newest),
            Guess::Older => {
                let generation = Generation(newest.generation.0.wrapping_sub(1));
                codes.code(CodeFor { generation, ..newest })
            }
            Guess::Wrong => scenario::wrong(&codes.code(newest)),
        };
        let username = named.map(|it| USERNAMES[usize::from(it) % USERNAMES.len()]);
        let username = username.map(|it| Username::parse(it).expect("a username"));
        let command = VerifySignUp { username, ..verify_sign_up(it.id(), code) };
        came(self.test.platform.verify_sign_up(command).await)
    }

    fn caller(&self, number: u8) -> Caller {
        let account: AccountId = self.state.accounts[usize::from(number) % self.state.accounts.len()].id();
        Caller { account, origin: Origin(None) }
    }
    fn organization(&self, number: u8) -> OrganizationId {
        self.state.organizations[usize::from(number) % self.state.organizations.len()].0.id()
    }
    fn member(&self, number: u8) -> &Membership {
        &self.state.members[usize::from(number) % self.state.members.len()].membership
    }
    /// Counted from the newest, for steps mean what was just done.
    fn invitation(&self, number: u8) -> Option<&Invitation> {
        let newest_first = self.state.invitations.iter().rev().map(|it| &it.invitation);
        newest_first.clone().nth(usize::from(number) % newest_first.len().max(1))
    }
    /// The same of sign-ups.
    fn sign_up_of(&self, number: u8) -> Option<&SignUp> {
        let newest_first = self.state.sign_ups.iter().rev();
        newest_first.clone().nth(usize::from(number) % newest_first.len().max(1))
    }
    fn token(&self, of: &Invitation, older: u8) -> Secret {
        let it = of.parts();
        let generation = Generation(it.generation.0.saturating_sub(older.into()));
        let link = Link { purpose: LinkPurpose::Invitation, subject: it.id.uuid(), generation };
        self.test.ports.links.seal(link).0
    }
}

fn address(number: u8) -> Email {
    Email::parse(ADDRESSES[usize::from(number) % ADDRESSES.len()]).expect("an address")
}

fn access(number: u8) -> Access {
    match number % 5 {
        0 => Access::Owner,
        1 => Access::All,
        2 => Access::Chosen([Permission::MEMBERS_VIEW].into()),
        3 => Access::Chosen([Permission::MEMBERS_VIEW, Permission::MEMBERS_INVITE].into()),
        _ => Access::Chosen([].into()),
    }
}

fn came<T: Debug, R: Refusal + 'static>(result: Result<Answer<T>, VerbError<R>>) -> Came {
    answered(result.map_err(|it| it.code()))
}
fn answered<T: Debug>(result: Result<T, &'static str>) -> Came {
    result.map(|it| format!("{it:?}"))
}
/// A job that cannot go on stops the run: nothing stands in its way here.
fn failed(error: registration_domain::port::PortError) -> &'static str {
    panic!("a job failed: {error}")
}
