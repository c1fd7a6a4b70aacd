"""Connect's flow language, 2019-10-30: loaded as Connect publishes it, run one action at a time."""
