"""The page on which a device sees, live, what the sensor recognises of itself ('Mijn apparaat').

It is served by the sensor's own process, so that no address leaves it, and from a thread of its
own, so that no connection waits for it. `docs/decisions/0011-my-own-device.md` says why it is as
it is.
"""
