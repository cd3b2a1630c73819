//! Who is let into a system, by whom, with which access: rules, use cases and ports.
