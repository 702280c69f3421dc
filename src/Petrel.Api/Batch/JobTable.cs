using System.Globalization;
using Petrel.Api.Resources;

namespace Petrel.Api.Batch;

/// <summary>A job as a row.</summary>
internal static class JobTable
{
    public static Column Selector { get; } = new("Selector", Priority: 1, Description:
        "A label query over pods that should match the pod count. Normally, the system sets this field for you. More info: "
        + "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors");

    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Status", Description: "Status of the job."),
        new("Completions", Description:
            "Specifies the desired number of successfully finished pods the job should be run with.  Setting to null means that the success of any pod signals the "
            + "success of all pods, and allows parallelism to have any positive value.  Setting to 1 means that parallelism is limited to 1 and the success of that "
            + "pod signals the success of the job. More info: https://kubernetes.io/docs/concepts/workloads/controllers/jobs-run-to-completion/"),
        new("Duration", Description: "Time required to complete the job."),
        Column.Age,
        new("Containers", Priority: 1, Description: "Names of each container in the template."),
        new("Images", Priority: 1, Description: "Images referenced by each container in the template."),
        Selector,
    ];

    public static IReadOnlyList<object?> Cells(Job job, DateTimeOffset now)
    {
        var containers = job.Spec.Template.Spec.Containers;
        return
        [
            job.Metadata.Name,
            Status(job),
            Completions(job),
            job.Status.StartTime is { } start ? TableText.Duration((job.Status.CompletionTime ?? now) - start) : "",
            TableText.Age(job.Metadata.CreationTimestamp, now),
            string.Join(",", containers.Select(static container => container.Name)),
            string.Join(",", containers.Select(static container => container.Image)),
            TableText.Selector(job.Spec.Selector),
        ];
    }

    private static string Status(Job job) => job.Status switch
    {
        var status when status.Is("Complete") => "Complete",
        var status when status.Is("Failed") => "Failed",
        _ when job.Metadata.DeletionTimestamp is not null => "Terminating",
        var status when status.Is("Suspended") => "Suspended",
        var status when status.Is("FailureTarget") => "FailureTarget",
        var status when status.Is("SuccessCriteriaMet") => "SuccessCriteriaMet",
        _ => "Running",
    };

    private static string Completions(Job job) => (job.Spec.Completions, job.Spec.Parallelism ?? 0) switch
    {
        ({ } completions, _) => string.Create(CultureInfo.InvariantCulture, $"{job.Status.Succeeded}/{completions}"),
        (null, > 1 and var parallelism) => string.Create(CultureInfo.InvariantCulture, $"{job.Status.Succeeded}/1 of {parallelism}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{job.Status.Succeeded}/1"),
    };
}
