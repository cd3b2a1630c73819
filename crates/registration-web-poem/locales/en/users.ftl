### User Management.
