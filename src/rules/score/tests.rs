//! By clause: DOMAIN §4.
