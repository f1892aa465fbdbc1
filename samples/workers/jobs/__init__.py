"""Workers that take jobs from a queue, in threads and in an event loop."""
