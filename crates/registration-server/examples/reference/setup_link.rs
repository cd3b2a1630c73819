//! A setup link's life, as the verb that takes it judges it.
use registration_domain::{
    email::Email,
    id::Id,
    organization_name::OrganizationName,
    person_name::NamePart,
    receipt::Digest,
    refusal::Refusal,
    secret::Secret,
    session::{Device, Origin},
    settings::{Lifetimes, PublicUrl, Settings},
    setup::{Founding, SetupLink},
    time::Timestamp,
    use_case::{
        registration::Registration,
        set_up::{SetUp, Snapshot, consider},
    },
    username::Username,
};
use uuid::Uuid;

use crate::machine::{Done, Machine, Step, explore};

const START: Timestamp = Timestamp::from_micros(0);

/// A link, whether somebody founded the platform, and what time it is.
#[derive(Clone)]
struct Seen {
    snapshot: Snapshot,
    now: Timestamp,
}

const STEPS: [Step<Seen>; 3] = [
    Step { name: "set up", take: |it| Some(it.set_up()) },
    Step { name: "another link is used first", take: |it| Some(Ok(it.founded())) },
    Step { name: "the hour passes", take: |it| it.outlive() },
];

pub(crate) fn machine() -> Machine {
    let lifetime = Lifetimes::default().setup_link;
    let link = SetupLink::issue(Id::new(Uuid::from_u128(8)), lifetime, START);
    let snapshot = Snapshot { link: Some(link), founding: None };
    explore(vec![("start the server", Seen { snapshot, now: START })], &STEPS, |it| {
        let expired = it.snapshot.link.is_none_or(|link| link.has_expired(it.now));
        match it.snapshot.founding {
            Some(_) => "of no use",
            None if expired => "expired",
            None => "open",
        }
    })
}

impl Seen {
    fn set_up(&self) -> Done<Self> {
        consider(&self.snapshot, &command(), &settings(), self.now).map_err(|it| it.code())?;
        Ok(self.founded())
    }
    fn founded(&self) -> Self {
        let founding = Some(Founding { at: self.now, by: Id::new(Uuid::from_u128(2)) });
        Self { snapshot: Snapshot { founding, ..self.snapshot.clone() }, now: self.now }
    }
    fn outlive(&self) -> Option<Done<Self>> {
        let link = self.snapshot.link.filter(|it| !it.has_expired(self.now))?;
        let waits = self.snapshot.founding.is_none();
        waits.then(|| Ok(Self { now: link.expires_at, snapshot: self.snapshot.clone() }))
    }
}

fn settings() -> Settings {
    Settings::new(PublicUrl::parse("https://join.example.org").expect("an address of an example"))
}

fn command() -> SetUp {
    let name = |text| NamePart::parse(text).ok();
    SetUp {
        token: Secret::new(""),
        organization_name: OrganizationName::parse("Harbour").expect("a name of an example"),
        email: Email::parse("ana@example.org").expect("an address of an example"),
        registration: Registration {
            username: Username::parse("ana.ruiz").ok(),
            first_name: name("Ana"),
            last_name: name("Ruiz"),
            password: Some(Secret::new("Seven-Boats-Left-Early")),
            locale: None,
        },
        device: Device { label: None, fingerprint: Digest([0; 32]), origin: Origin::default() },
        once: None,
    }
}
