"""What a device did in a lesson: traffic by platform, judged as active use or as none.

In the order in which it happens: `platform_traffic` keeps kilobytes by half minute, `attribution`
decides whose a shared hostname's traffic is, `active_use` says whether they are active use and
`uploads` whether something was sent, and `device_use` puts these together for one device.
"""
