"""What a device did in a lesson: traffic by platform, judged as active use or as none.

In the order in which it happens: `platform_traffic` keeps kilobytes by half minute and says whether
they are active use, `attribution` decides whose a shared hostname's traffic is, `uploads` says
whether something was sent, and `device_use` puts these together for one device.
"""
