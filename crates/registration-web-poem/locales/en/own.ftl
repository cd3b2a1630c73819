### A person's own account: details, address, what they were told, their data, and its end.

action-account-changed = Details changed
action-account-address_changed = Address changed
action-account-closed = Account closed
