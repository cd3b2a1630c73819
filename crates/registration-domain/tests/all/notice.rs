//! What people find on their own pages: what others did to them, and nothing of their own doing.
use registration_domain::{
    access::Access,
    count::Count,
    note::Note,
    notification::{NotificationKind, Which},
    page::{Page, PageSize},
    session::Origin,
    time::DAY,
    use_case::{
        change_access::ChangeAccess, decline_invitation::DeclineInvitation,
        hand_over_ownership::HandOverOwnership, remove_member::RemoveMember,
        wish_for_new_invitation::WishForNewInvitation,
    },
    view::NotificationView,
};
use registration_testkit::scenario::{Member, TestPlatform, seeing_members};

use super::support::{email, note};

struct Told {
    test: TestPlatform,
    owner: Member,
    ben: Member,
}

impl Told {
    async fn scene() -> Self {
        let test = TestPlatform::in_memory();
        let owner = test.found().await;
        let ben = test.member(&owner, "ben.okri", seeing_members()).await;
        Self { test, owner, ben }
    }
    async fn to(&self, reader: &Member) -> Vec<NotificationView> {
        let page = Page::first(PageSize::DEFAULT);
        self.test.platform.list_notifications(&reader.caller(), &page).await.unwrap().rows
    }
    async fn newest(&self, reader: &Member) -> NotificationKind {
        let newest = self.to(reader).await.remove(0);
        assert_eq!(newest.organization.map(|it| it.id()), Some(self.owner.organization));
        newest.notification.kind
    }
}

#[tokio::test]
async fn the_inviter_is_told_who_came_in() {
    let told = Told::scene().await;
    let NotificationKind::InvitationAccepted { email: address, access, .. } = told.newest(&told.owner).await
    else {
        panic!("{:?}", told.to(&told.owner).await)
    };
    assert_eq!((address, access), (email("ben.okri@example.org"), seeing_members()));
    assert_eq!(told.to(&told.ben).await, [], "they did that themselves");
}

#[tokio::test]
async fn the_inviter_is_told_who_does_not_want_to_and_who_comes_too_late() {
    let Told { test, owner, ben } = Told::scene().await;
    let declined = test.invite(&owner, "cleo@example.org", Access::All).await.unwrap().what.invitation;
    let (token, reason) = (test.token(&declined), Some(note("No time")));
    let origin = Origin(None);
    let command = DeclineInvitation { token, reason, block: false, origin: origin.clone(), once: None };
    test.platform.decline_invitation(command).await.unwrap();
    let late = test.invite(&owner, "dora@example.org", Access::All).await.unwrap().what.invitation;
    test.wait(8 * DAY);
    let command = WishForNewInvitation { token: test.token(&late), origin, once: None };
    test.platform.wish_for_new_invitation(command).await.unwrap();
    let told = Told { test, owner, ben };
    let kinds = told.to(&told.owner).await.into_iter().map(|it| it.notification.kind).collect::<Vec<_>>();
    let wished =
        NotificationKind::NewInvitationWished { invitation: late.id(), email: email("dora@example.org") };
    let refused = NotificationKind::InvitationDeclined {
        invitation: declined.id(),
        email: email("cleo@example.org"),
        reason: Some(note("No time")),
    };
    assert_eq!(kinds[..2], [wished, refused]);
}

#[tokio::test]
async fn a_member_is_told_of_what_becomes_of_their_access() {
    let told = Told::scene().await;
    let Told { test, owner, ben } = &told;
    let (platform, organization, member) = (&test.platform, owner.organization, ben.membership);
    let moment = test.ports.reads.moment().await.unwrap();
    let seen = moment.membership(member).await.unwrap().unwrap().parts().revision;
    let by = owner.caller();
    let command = ChangeAccess { by: by.clone(), organization, member, access: Access::All, seen };
    platform.change_access(command).await.unwrap();
    let NotificationKind::AccessChanged { before, after, .. } = told.newest(ben).await else { panic!() };
    assert_eq!((before, after), (seeing_members(), Access::All));

    let command = HandOverOwnership { by: by.clone(), organization, to: member, once: None };
    platform.hand_over_ownership(command).await.unwrap();
    assert!(matches!(told.newest(ben).await, NotificationKind::OwnershipHandedOver { .. }));

    let (reason, left) = (Note::parse("Goodbye").unwrap(), owner.membership);
    let command = RemoveMember { by: ben.caller(), organization, member: left, reason: reason.clone() };
    platform.remove_member(command).await.unwrap();
    let NotificationKind::AccessRemoved { membership, reason: why, .. } = told.newest(owner).await else {
        panic!()
    };
    assert_eq!((membership, why), (left, reason));
}

#[tokio::test]
async fn what_was_read_counts_no_more() {
    let told = Told::scene().await;
    let (platform, owner) = (&told.test.platform, &told.owner);
    told.test.member(owner, "cleo.p", seeing_members()).await;
    let unread = async || platform.count_unread(&owner.caller()).await.unwrap();
    assert_eq!(unread().await, Count::of(2));
    let newest = told.to(owner).await.remove(0).notification.id;
    platform.read_notifications(&owner.caller(), Which::One(newest), None).await.unwrap();
    assert_eq!(unread().await, Count::of(1));
    platform.read_notifications(&told.ben.caller(), Which::All, None).await.unwrap();
    assert_eq!(unread().await, Count::of(1), "nobody reads for another");
    platform.read_notifications(&owner.caller(), Which::All, None).await.unwrap();
    assert_eq!(unread().await, Count::of(0));
}
