//! By clause: 三(二).
