"""The desk in the browser: pages for one member, on this machine only."""
