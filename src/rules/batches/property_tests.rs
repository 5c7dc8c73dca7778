//! By clause: 四(二).
