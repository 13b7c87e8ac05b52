//! Finds every account of a layout, a bounded part at a time.
