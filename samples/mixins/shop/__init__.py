"""A shop's back office: ten models put together from fifty mixins. See `models`."""
