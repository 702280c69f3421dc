using Petrel.Api.Resources;

namespace Petrel.Api.Batch;

/// <summary>A cron job as a row.</summary>
internal static class CronJobTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Schedule", Description: "The schedule in Cron format, see https://en.wikipedia.org/wiki/Cron."),
        new("Timezone", Description:
            "The time zone name for the given schedule, see https://en.wikipedia.org/wiki/List_of_tz_database_time_zones. If not specified, this will default to the "
            + "time zone of the kube-controller-manager process. The set of valid time zone names and the time zone offset is loaded from the system-wide time zone "
            + "database by the API server during CronJob validation and the controller manager during execution. If no system-wide time zone database can be found a "
            + "bundled version of the database is used instead. If the time zone name becomes invalid during the lifetime of a CronJob or due to a change in host "
            + "configuration, the controller will stop creating new new Jobs and will create a system event with the reason UnknownTimeZone. More information can be "
            + "found in https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#time-zones"),
        new("Suspend", "boolean", Description:
            "This flag tells the controller to suspend subsequent executions, it does not apply to already started executions.  Defaults to false."),
        new("Active", "integer", Description: "A list of pointers to currently running jobs."),
        new("Last Schedule", Description: "Information when was the last time the job was successfully scheduled."),
        Column.Age,
        new("Containers", Priority: 1, Description: "Names of each container in the template."),
        new("Images", Priority: 1, Description: "Images referenced by each container in the template."),
        JobTable.Selector,
    ];

    public static IReadOnlyList<object?> Cells(CronJob job, DateTimeOffset now)
    {
        var template = job.Spec.JobTemplate.Spec;
        var containers = template.Template.Spec.Containers;
        return
        [
            job.Metadata.Name,
            job.Spec.Schedule,
            job.Spec.TimeZone ?? TableText.None,
            job.Spec.Suspend switch { true => "True", false => "False", null => "<unset>" },
            (long)job.Status.Active.Count,
            job.Status.LastScheduleTime is { } last ? TableText.Age(last, now) : TableText.None,
            TableText.Age(job.Metadata.CreationTimestamp, now),
            string.Join(",", containers.Select(static container => container.Name)),
            string.Join(",", containers.Select(static container => container.Image)),
            TableText.Selector(template.Selector),
        ];
    }
}
