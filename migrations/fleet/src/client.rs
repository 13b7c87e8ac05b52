//! A cluster asked with patience: calls are rate-limited, counted, and repeated when they may succeed later.
