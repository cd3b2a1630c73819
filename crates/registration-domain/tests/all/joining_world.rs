//! What the tests of joining do over and over: people who ask, codes that they bring, and who decides.
use std::num::NonZeroU16;

use registration_domain::{
    access::Access,
    account::AccountId,
    employee_code::CodeTerms,
    join_request::{JoinRequestId, JoinRequestState},
    membership::Cause,
    message::Letter,
    note::Note,
    organization::{OrganizationId, OrganizationKind},
    organization_name::OrganizationName,
    platform::VerbError,
    session::Caller,
    use_case::{
        ask_to_join::{AskRefusal, AskToJoin, Asked, Brings},
        change_organization::ChangeOrganization,
        decide_join_request::{DecideJoinRequest, Decision, ReviewRefusal},
        found_organization::FoundOrganization,
        invite::Invite,
        make_employee_codes::{MadeCode, MakeCodesRefusal, MakeEmployeeCodes},
    },
    view::JoinRequestView,
};

use super::{
    support::{chosen, email, offer, origin},
    world::World,
};

impl World {
    /// Whose organization lets itself be found.
    pub(crate) async fn found() -> Self {
        let world = Self::founded().await;
        let change = ChangeOrganization {
            by: world.owner.clone(),
            organization: world.organization,
            name: None,
            discoverable: Some(true),
            contact: None,
            joining_access: None,
        };
        world.platform.change_organization(change).await.unwrap();
        world
    }
    /// Somebody with an account, who belongs nowhere any more and never did here.
    pub(crate) async fn stranger(&self, name: &str) -> Caller {
        let elsewhere = self.second_organization().await;
        let offer = offer(email(&format!("{name}@example.org")));
        let invite = Invite {
            by: self.owner.clone(),
            organization: elsewhere,
            offer,
            access: Access::Chosen([].into()),
            once: None,
        };
        let invited = self.platform.invite(invite).await.unwrap().what;
        let accepted = self.accept_as(invited.invitation.id(), name).await.unwrap();
        let caller = Caller { account: accepted.membership.account.id(), origin: origin() };
        self.platform.leave(&caller, accepted.membership.membership.id()).await.unwrap();
        caller
    }
    pub(crate) async fn second_organization(&self) -> OrganizationId {
        let (by, name) = (self.owner.clone(), OrganizationName::parse("Elsewhere").unwrap());
        let found = FoundOrganization { by, name, kind: OrganizationKind::Company, once: None };
        self.platform.found_organization(found).await.unwrap().what.organization.id()
    }
    pub(crate) fn asking(&self, by: &Caller, with: Brings) -> AskToJoin {
        AskToJoin { by: by.clone(), organization: self.organization, with, once: None }
    }
    pub(crate) async fn ask(&self, by: &Caller, with: Brings) -> Result<Asked, VerbError<AskRefusal>> {
        Ok(self.platform.ask_to_join(self.asking(by, with)).await?.what)
    }
    /// A request that waits.
    pub(crate) async fn asked(&self, by: &Caller) -> JoinRequestId {
        let note = Note::parse("I begin on Monday.").unwrap();
        let asked = self.ask(by, Brings::Note(note)).await.unwrap();
        let Asked::Waits(view) = asked else { panic!("{asked:?}") };
        view.request.id()
    }
    pub(crate) async fn decide(
        &self,
        by: &Caller,
        request: JoinRequestId,
        decision: Decision,
    ) -> Result<JoinRequestView, VerbError<ReviewRefusal>> {
        let (by, organization) = (by.clone(), self.organization);
        let command = DecideJoinRequest { by, organization, request, decision, once: None };
        Ok(self.platform.decide_join_request(command).await?.what)
    }
    pub(crate) async fn codes(
        &self,
        by: &Caller,
        terms: CodeTerms,
        admits: bool,
        access: Option<Access>,
        count: u16,
    ) -> Result<Vec<MadeCode>, VerbError<MakeCodesRefusal>> {
        let count = NonZeroU16::new(count).unwrap();
        let (by, organization) = (by.clone(), self.organization);
        let command = MakeEmployeeCodes { by, organization, terms, admits, access, count, once: None };
        Ok(self.platform.make_employee_codes(command).await?.what)
    }
    pub(crate) async fn state_of(&self, request: JoinRequestId) -> JoinRequestState {
        self.moment().await.join_request(request).await.unwrap().unwrap().parts().state.clone()
    }
    pub(crate) async fn mails(&self) -> Vec<(String, Letter)> {
        while self.platform.deliver_mail().await.unwrap() > 0 {}
        let taken = self.mailer.taken().into_iter();
        taken.map(|it| (it.message.to.to_string(), it.message.letter)).collect()
    }
    pub(crate) async fn cause_of(&self, account: AccountId) -> Cause {
        let standing = self.moment().await.standing(account, self.organization).await.unwrap().unwrap();
        self.moment().await.membership(standing.membership).await.unwrap().unwrap().parts().cause
    }
}

pub(crate) fn approve(access: Access) -> Decision {
    Decision::Approve { access }
}
pub(crate) fn reject(reason: &str) -> Decision {
    Decision::Reject { reason: Note::parse(reason).unwrap() }
}
pub(crate) fn viewing() -> Access {
    chosen(["members.view"])
}
