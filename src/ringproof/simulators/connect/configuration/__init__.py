"""How the instance and its account are configured, as an administrator's tools read it.

Connect's List* and Describe* operations, and beside them as much of Lambda, Service Quotas and IAM
as such a reading needs: one endpoint serves them all, told apart by what a request is signed for.
"""
