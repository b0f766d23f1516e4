"""Makes one report in a process of its own: `python -m dashboards.report.maker NUMBER`.

It finds configuration and store where the web application found them: in the environment. What
goes wrong here goes nowhere: the job says that it failed, and `lesrust report` says why.
"""

import sys


def main(number: int) -> int:
    """Make a report, and return the process's exit code."""
    import django

    django.setup()
    from dashboards.report import jobs
    from dashboards.school.profile import own_profile

    job = jobs.find_job(number)
    if job is None:
        return 1
    jobs.record_progress(number, 0)
    result = jobs.request_of(job).render(
        own_profile(), lambda percent: jobs.record_progress(number, percent)
    )
    jobs.record_result(number, result)
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
