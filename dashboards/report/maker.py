"""Makes one report in a process of its own: `python -m dashboards.report.maker NUMBER`.

It finds configuration and store where the web application found them: in the environment. What
goes wrong here goes nowhere: the job says that it failed, and `lesrust report` says why.
"""

import sys


def main(number: int) -> int:
    """Make a report, and give the process's exit code."""
    import django

    django.setup()
    from dashboards.report import jobs
    from dashboards.school.profile import own_profile

    job = jobs.find(number)
    if job is None:
        return 1
    jobs.say(number, 0)
    made = jobs.wanted(job).make(own_profile(), lambda percent: jobs.say(number, percent))
    jobs.finish(number, made)
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
