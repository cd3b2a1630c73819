//! Asking, deciding, and the codes that people bring.
use std::num::{NonZeroU16, NonZeroU32};

use registration_domain::{
    employee_code::{CodeSecret, CodeTerms},
    join_request::JoinRequestId,
    refusal::Refusal,
    secret::Secret,
    use_case::{
        ask_to_join::{AskToJoin, Brings},
        change_organization::ChangeOrganization,
        decide_join_request::{DecideJoinRequest, Decision},
        make_employee_codes::MakeEmployeeCodes,
        own_join_request::OwnJoinRequest,
        revoke_employee_code::RevokeEmployeeCode,
    },
    view::{EmployeeCodeView, JoinRequestView},
};

use super::{Came, Hand, access, answered, came, failed};

impl Hand<'_> {
    pub(super) async fn be_found(&self, by: u8, within: u8, discoverable: bool) -> Came {
        let (by, organization) = (self.caller(by), self.organization(within));
        let discoverable = Some(discoverable);
        let (name, contact, joining_access) = (None, None, None);
        let command = ChangeOrganization { by, organization, name, discoverable, contact, joining_access };
        answered(self.test.platform.change_organization(command).await.map_err(|it| it.code()))
    }
    pub(super) async fn ask(&self, by: u8, within: u8) -> Came {
        let (by, organization) = (self.caller(by), self.organization(within));
        let command = AskToJoin { by, organization, with: Brings::Note(None), once: None };
        came(self.test.platform.ask_to_join(command).await)
    }
    pub(super) async fn make_code(&self, by: u8, within: u8, with: u8, admits: bool, uses: u8) -> Came {
        let (by, organization) = (self.caller(by), self.organization(within));
        let terms = CodeTerms { label: None, uses: NonZeroU32::new(uses.into()), expires_at: None };
        let (access, count) = (Some(access(with)), NonZeroU16::MIN);
        let command = MakeEmployeeCodes { by, organization, terms, admits, access, count, once: None };
        came(self.test.platform.make_employee_codes(command).await)
    }
    pub(super) async fn type_code(&self, by: u8, code: u8, right: bool) -> Came {
        let Some(it) = self.code(code) else { return Err("nothing_there") };
        let organization = it.code.code.parts().organization;
        let text = if right { self.secret(it) } else { Secret::new("7Q4K-M2XP-9DTA") };
        let with = Brings::Code(text);
        came(
            self.test
                .platform
                .ask_to_join(AskToJoin { by: self.caller(by), organization, with, once: None })
                .await,
        )
    }
    pub(super) async fn revoke_code(&self, by: u8, code: u8) -> Came {
        let Some(it) = self.code(code) else { return Err("nothing_there") };
        let (code, organization) = (it.code.code.id(), it.code.code.parts().organization);
        let command = RevokeEmployeeCode { by: self.caller(by), organization, code };
        answered(self.test.platform.revoke_employee_code(command).await.map_err(|it| it.code()))
    }
    pub(super) async fn decide(&self, by: u8, request: u8, with: Option<u8>) -> Came {
        let Some(it) = self.request(request) else { return Err("nothing_there") };
        let decision = match with {
            Some(number) => Decision::Approve { access: access(number) },
            None => Decision::Reject { reason: None },
        };
        let (request, organization) = (it.request.id(), it.organization.id());
        let command = DecideJoinRequest { by: self.caller(by), organization, request, decision, once: None };
        came(self.test.platform.decide_join_request(command).await)
    }
    pub(super) async fn withdraw(&self, by: u8, request: u8) -> Came {
        let Some(command) = self.own(by, request) else { return Err("nothing_there") };
        came(self.test.platform.withdraw_join_request(command).await)
    }
    pub(super) async fn remind(&self, by: u8, request: u8) -> Came {
        let Some(command) = self.own(by, request) else { return Err("nothing_there") };
        came(self.test.platform.remind_reviewers(command).await)
    }
    pub(super) async fn tend(&self) -> Came {
        let warned = self.test.platform.warn_of_expiring_join_requests().await.map_err(failed)?;
        let closed = self.test.platform.close_expired_join_requests().await.map_err(failed)?;
        Ok(format!("{warned} {closed}"))
    }

    /// Mostly by whoever asked.
    fn own(&self, by: u8, request: u8) -> Option<OwnJoinRequest> {
        let it = self.request(request)?;
        let mut caller = self.caller(by);
        if by > 0 {
            caller.account = it.account.id();
        }
        let request: JoinRequestId = it.request.id();
        Some(OwnJoinRequest { by: caller, request, once: None })
    }
    /// Counted from the newest, for steps mean what was just done.
    fn request(&self, number: u8) -> Option<&JoinRequestView> {
        let all = &self.state.requests;
        all.iter().rev().nth(usize::from(number) % all.len().max(1))
    }
    fn code(&self, number: u8) -> Option<&EmployeeCodeView> {
        let all = &self.state.codes;
        all.get(usize::from(number) % all.len().max(1))
    }
    /// As it was shown to its maker.
    fn secret(&self, of: &EmployeeCodeView) -> Secret {
        let id = of.code.code.id().uuid();
        CodeSecret::derived(self.test.ports.fingerprints.fingerprint("employee code secret", id.as_bytes()))
            .shown()
    }
}
