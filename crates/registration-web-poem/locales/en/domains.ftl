### The e-mail domains of an organization.

settings-joining = Joining
domains-title = Email domains
domains-settings-hint = Let people with your own addresses join by themselves, ask, or come by invitation only.
domains-lead = Prove that a domain belongs to { $organization }, and say how people with addresses there join.
domains-none = No email domain yet
domains-none-words = Add the domain behind the @ of your addresses. You prove it with a DNS record.
domains-caption = Email domains of { $organization }
label-domain = Domain
hint-domain = What stands behind the @ in your addresses, like acme.example. A subdomain is a domain of its own.
domain-add-title = Add a domain
domain-add = Add domain
domain-added = Added by { $who },
domain-remove = Remove domain
domain-remove-title = Remove { $domain }?
domain-remove-words = People with addresses there no longer join by them. Who has joined stays a member, and requests stay. Another organization can then verify the domain.

state-domain-pending = Not verified
state-domain-verified = Verified
state-domain-missing = Record missing
state-domain-lapsed = No longer verified
domain-pending-words = Nothing happens with addresses at { $domain } yet. Publish the record below where your DNS is managed, then check it here.
domain-verified-words = Verified since { $when }. Keep the record published: it is looked at once a day.
domain-missing-words = The record of { $domain } is no longer in DNS. Publish it again before { $until }; from then on the domain counts as not verified.
domain-lapsed-words = The record of { $domain } was missing for too long, so the domain is not verified any more since { $when }. Publish the record again and check it.
domain-not-found = We found no TXT record at <code>{ $name }</code> yet. DNS can take up to an hour.
domain-differs = We found a TXT record at <code>{ $name }</code>, but with another value. Publish the value below, whole. Found:
domain-no-answer = The name servers of your domain gave no answer about <code>{ $name }</code>. Check that the domain works, and try again in a few minutes.
domain-checked = Last checked

record-title = Publish this record
record-title-verified = The record in DNS
record-words = Add it where your DNS is managed. Some panels add the domain to the name by themselves; then leave it out.
record-words-verified = It proves that the domain is yours.
record-type = Type
record-name = Name
record-value = Value
record-copy-name = Copy name
record-copy-value = Copy value
check-now = Check now

policy-title = How they join
policy-legend = People with addresses there
policy-admit = Join at once
policy-admit-hint = They come in with the access that you choose here, for as long as you could give it.
policy-admit-lacking = To let people join at once, you need the permission to invite members.
policy-review = Ask, and somebody decides
policy-review-hint = They send a join request. Nobody comes in before a reviewer approves it.
policy-invitation-only = Join by invitation only
policy-invitation-only-hint = Requests and employee codes are turned away.
policy-change = Change how they join
policy-once-verified = This holds once the domain is verified.
domain-admits = They join at once. Access: { $access }
domain-reviews = They ask, and somebody decides.
domain-invites-only = They join by invitation only.
domain-falls-back = { $who } chose this access and could no longer give it, so requests are reviewed instead.
domain-falls-back-next = Choose it again to stand behind it yourself.

notice-domain-added = <strong>{ $domain }</strong> is added. Publish the record, then check it.
notice-domain-verified = The record was found. <strong>{ $domain }</strong> is verified.
notice-domain-removed = <strong>{ $domain }</strong> is removed.

fault-domain-required = Enter a domain
fault-invalid_domain = Enter a domain in the correct format, like acme.example
fault-domain-too_long = The domain is longer than DNS allows
fault-free_mail_domain = Everybody can have an address at this domain. Enter a domain of your own.
fault-owner_not_admitted = A domain makes nobody an Owner. Choose another access.
fault-policy-required = Choose how people with addresses there join
refusal-email_domain_exists = Your organization has this domain already.
refusal-email_domain_taken = The record was found, but another organization has verified this domain. Ask them to remove it there first.
refusal-domain_record_not_found = There is no such TXT record yet.
refusal-domain_record_differs = The TXT record has another value.
refusal-domain_no_answer = The name servers of the domain gave no answer.
refusal-too_many_checks = DNS was asked often enough for now. You can check again at { $until }.
refusal-too_many_email_domains = You have added many domains today. You can add more at { $until }.

came-email-domain = by an address of the organization
action-email_domain-added = Email domain added
action-email_domain-verified = Email domain verified
action-email_domain-policy_changed = Email domain changed
action-email_domain-removed = Email domain removed
action-email_domain-record_missing = Record of email domain missing
action-email_domain-record_found = Record of email domain found again
action-email_domain-lapsed = Email domain no longer verified
action-email_domain-joined = Joined by email domain

own-domain-admits = Your address at { $domain } lets you join { $organization } now.
own-domain-reviews = { $organization } decides about people with addresses at { $domain }. Ask there to be let in.
own-domain-invites-only = { $organization } takes people with addresses at { $domain } by invitation only. Ask there for an invitation.
own-domain-join = Join { $organization }
own-domain-ask = Ask to join { $organization }
refusal-email_domain_reviewed = This organization decides about each person with an address at your domain. Ask to join.
refusal-email_domain_invitation_only = This organization takes people with addresses at your domain by invitation only.
