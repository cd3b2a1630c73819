//! A use is counted by the row as it is stored, and nobody asks twice at the same time.
use registration_domain::{
    employee_code::{CountedCode, EmployeeCode, EmployeeCodeId, RefusedTries, Unusable},
    join_request::{JoinRequest, JoinRequestState},
    port::{CommitError, Unique},
    time::Timestamp,
};

use super::{
    Tables,
    apply::{Applied, new, refuse_if, unmoved},
};

impl Tables {
    pub(super) fn add_employee_code(&mut self, code: EmployeeCode) -> Applied {
        new(self.employee_codes.find(&code.id()))?;
        let same = |it: &CountedCode| it.code.parts().digest == code.parts().digest;
        refuse_if(self.employee_codes.rows().any(same), CommitError::Taken(Unique::EmployeeCode))?;
        self.employee_codes.put(code.id(), CountedCode { code, used: 0, refused: RefusedTries::default() });
        Ok(())
    }
    /// How often it was used and refused stays as it is.
    pub(super) fn update_employee_code(&mut self, code: EmployeeCode) -> Applied {
        let stored = self.employee_codes.find(&code.id()).cloned();
        let code = unmoved(stored.as_ref().map(|it| &it.code), code)?;
        if let Some(stored) = stored {
            self.employee_codes.put(code.id(), CountedCode { code, ..stored });
        }
        Ok(())
    }
    pub(super) fn use_employee_code(&mut self, id: EmployeeCodeId, at: Timestamp) -> Applied {
        let works = |it: &&CountedCode| it.usable(it.code.parts().organization, at).is_ok();
        let stored = self.employee_codes.find(&id).filter(works).cloned().ok_or(CommitError::Conflict)?;
        self.employee_codes.put(id, CountedCode { used: stored.used.saturating_add(1), ..stored });
        Ok(())
    }
    /// What was never used cannot be given back.
    pub(super) fn return_employee_code(&mut self, id: EmployeeCodeId) {
        if let Some(stored) = self.employee_codes.find(&id).cloned() {
            self.employee_codes.put(id, CountedCode { used: stored.used.saturating_sub(1), ..stored });
        }
    }
    pub(super) fn refuse_employee_code(&mut self, id: EmployeeCodeId, why: Unusable) {
        if let Some(stored) = self.employee_codes.find(&id).cloned() {
            self.employee_codes.put(id, CountedCode { refused: stored.refused.one_more(why), ..stored });
        }
    }
    pub(super) fn add_join_request(&mut self, request: JoinRequest) -> Applied {
        new(self.join_requests.find(&request.id()))?;
        self.not_gone(request.parts().account)?;
        self.put_join_request(request)
    }
    pub(super) fn update_join_request(&mut self, request: JoinRequest) -> Applied {
        self.put_join_request(unmoved(self.join_requests.find(&request.id()), request)?)
    }
    /// An expired request that nobody closed is pending still, and in the way.
    fn put_join_request(&mut self, request: JoinRequest) -> Applied {
        let ours = request.parts();
        if ours.state == JoinRequestState::Pending {
            let pending = self.find_pending_request(ours.account, ours.organization);
            let twice = pending.is_some_and(|it| it.id() != ours.id);
            refuse_if(twice, CommitError::Taken(Unique::PendingJoinRequest))?;
        }
        self.join_requests.put(ours.id, request);
        Ok(())
    }
}
