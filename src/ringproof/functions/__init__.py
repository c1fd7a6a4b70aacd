"""
What Amazon Connect's flows invoke: Lambda functions, over the use cases.

Each takes the event of a contact flow and answers a STRING_MAP
(https://docs.aws.amazon.com/connect/latest/adminguide/connect-lambda-functions.html).
"""
