"""
AWS Lambda handlers, each over the same use case as its route in embedded mode.

They raise what they cannot do now, so that whoever invokes them tries again: a flow takes its error
edge, EventBridge and Kinesis send anew. Each module imports what its function needs and no more.
"""
