//! The visitor's own requests, wherever pages list them.
use registration_domain::{
    page::Page,
    view::{JoinRequestView, ListedRequestState},
};

use crate::{failure::Failure, visit::Visit, words::Phrase};

/// One of the visitor's requests.
pub(crate) struct OwnRequest {
    pub(crate) path: String,
    pub(crate) organization: String,
    pub(crate) day: String,
    pub(crate) state: Phrase,
    pub(crate) class: &'static str,
    pub(crate) waits: bool,
}

/// The newest ones.
pub(crate) async fn newest(visit: &Visit) -> Result<Vec<OwnRequest>, Failure> {
    let page = Page::first(registration_domain::page::PageSize::DEFAULT);
    let found = visit.platform().list_own_join_requests(&visit.caller()?, &page).await?;
    Ok(found.rows.iter().map(|it| shown(visit, it)).collect())
}

/// Those of them that wait.
pub(crate) async fn waiting(visit: &Visit) -> Result<Vec<OwnRequest>, Failure> {
    Ok(newest(visit).await?.into_iter().filter(|it| it.waits).collect())
}

fn shown(visit: &Visit, it: &JoinRequestView) -> OwnRequest {
    let state = ListedRequestState::of(&it.request, visit.now());
    OwnRequest {
        path: format!("/join/requests/{}", it.request.id()),
        organization: it.organization.parts().name.to_string(),
        day: visit.moment(it.request.parts().created_at).day(),
        state: word(visit, state),
        class: class(state),
        waits: state == ListedRequestState::Pending,
    }
}

/// A state in a word, for its tag.
pub(crate) fn word(visit: &Visit, state: ListedRequestState) -> Phrase {
    visit.t(format!("request-{}", state.key()))
}

/// How its tag looks.
pub(crate) fn class(state: ListedRequestState) -> &'static str {
    match state {
        ListedRequestState::Pending => "warn",
        ListedRequestState::Approved | ListedRequestState::Settled => "ok",
        ListedRequestState::Rejected => "bad",
        ListedRequestState::Withdrawn | ListedRequestState::Expired => "",
    }
}
