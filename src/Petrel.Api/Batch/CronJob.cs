using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Batch;

/// <summary>Creates jobs at certain times.</summary>
[ApiType("io.k8s.api.batch.v1.CronJob")]
public sealed partial record CronJob : ApiObject, IResource<CronJob>, IHasStatus, IHasDefaults, IPrepared, IHasGeneration, IPrintable, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("batch", "v1", "CronJob", "cronjobs")
    {
        Columns = CronJobTable.Columns,
        ShortNames = ["cj"],
        Categories = ["all"],
        Subresources = [new("status", Verbs.GetPatchUpdate)],
    };

    // Jobs are named after the cron job and the minute, which takes eleven characters.
    private const int NameLengthMax = 52;

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public CronJobSpec Spec { get; init; } = CronJobSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public CronJobStatus Status { get; init; } = CronJobStatus.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Spec = Spec.WithDefaults() };

    /// <inheritdoc/>
    public ApiObject PrepareForCreate() => this with { Spec = Spec.WithoutDisabledFields(null), Status = CronJobStatus.Empty };

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old) => this with
    {
        Spec = Spec.WithoutDisabledFields(((CronJob)old).Spec),
        Status = ((CronJob)old).Status,
    };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => CronJobTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        Spec.Validate(null, FieldPath.Root.Child("spec"), errors);
        if (NameFormats.Bytes(Metadata.Name) > NameLengthMax)
        {
            errors.Invalid(FieldPath.Root.Child("metadata", "name"), Metadata.Name, $"must be no more than {NameLengthMax} characters");
        }
    }

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors) => Spec.Validate(((CronJob)old).Spec, FieldPath.Root.Child("spec"), errors);
}

[ApiType("io.k8s.api.batch.v1.CronJobSpec")]
public sealed partial record CronJobSpec
{
    /// <summary>When jobs are created: minute, hour, day of month, month and day of week, or a name such as <c>@daily</c>.</summary>
    [Field(1, Required = true, Always = true)]
    public string Schedule { get; init; } = "";

    /// <summary>Time zone of the schedule, e.g. <c>Europe/Vienna</c>; that of the controller when left out.</summary>
    [Field(8)]
    public string? TimeZone { get; init; }

    /// <summary>Seconds after its time within which a missed job is still created.</summary>
    [Field(2)]
    public long? StartingDeadlineSeconds { get; init; }

    /// <summary>When the last job still runs: Allow (when left out) another one, Forbid it, or Replace the running one.</summary>
    [Field(3, Enum = ["Allow", "Forbid", "Replace"])]
    public string ConcurrencyPolicy { get; init; } = "";

    /// <summary>No jobs are created while this is set.</summary>
    [Field(4)]
    public bool? Suspend { get; init; }

    /// <summary>What the jobs look like.</summary>
    [Field(5, Required = true, Always = true)]
    public JobTemplateSpec JobTemplate { get; init; } = JobTemplateSpec.Empty;

    /// <summary>Succeeded jobs that are kept; 3 when left out.</summary>
    [Field(6)]
    public int? SuccessfulJobsHistoryLimit { get; init; }

    /// <summary>Failed jobs that are kept; 1 when left out.</summary>
    [Field(7)]
    public int? FailedJobsHistoryLimit { get; init; }

    internal CronJobSpec WithDefaults() => this with
    {
        ConcurrencyPolicy = ConcurrencyPolicy.Length == 0 ? "Allow" : ConcurrencyPolicy,
        Suspend = Suspend ?? false,
        JobTemplate = JobTemplate with { Spec = JobTemplate.Spec.WithTemplateDefaults() },
        SuccessfulJobsHistoryLimit = SuccessfulJobsHistoryLimit ?? 3,
        FailedJobsHistoryLimit = FailedJobsHistoryLimit ?? 1,
    };

    internal CronJobSpec WithoutDisabledFields(CronJobSpec? old) =>
        this with { JobTemplate = JobTemplate with { Spec = JobTemplate.Spec.WithoutDisabledFields(old?.JobTemplate.Spec) } };

    internal void Validate(CronJobSpec? old, FieldPath path, FieldErrors errors)
    {
        if (errors.NotEmpty(path.Child("schedule"), Schedule))
        {
            ValidateSchedule(old?.Schedule.Contains("TZ", StringComparison.Ordinal) == true, path.Child("schedule"), errors);
        }

        errors.NonNegative(path.Child("startingDeadlineSeconds"), StartingDeadlineSeconds ?? 0);
        if (TimeZone is not null && (old is null || old.TimeZone != TimeZone))
        {
            TimeZoneNames.Validate(TimeZone, path.Child("timeZone"), errors);
        }

        if (errors.NotEmpty(path.Child("concurrencyPolicy"), ConcurrencyPolicy))
        {
            errors.OneOf(path.Child("concurrencyPolicy"), ConcurrencyPolicy, "Allow", "Forbid", "Replace");
        }

        JobTemplate.Validate(path.Child("jobTemplate").Child("spec"), errors);
        errors.NonNegative(path.Child("successfulJobsHistoryLimit"), SuccessfulJobsHistoryLimit ?? 0);
        errors.NonNegative(path.Child("failedJobsHistoryLimit"), FailedJobsHistoryLimit ?? 0);
    }

    // A schedule that names a zone itself is only kept where it is already stored.
    private void ValidateSchedule(bool allowsZone, FieldPath path, FieldErrors errors)
    {
        if (!CronSchedule.TryParse(Schedule, out _, out var problem))
        {
            errors.Invalid(path, Schedule, problem);
        }

        var hasZone = Schedule.Contains("TZ", StringComparison.Ordinal);
        if (hasZone && !allowsZone)
        {
            errors.Invalid(path, Schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        }
        else if (hasZone && TimeZone is not null)
        {
            errors.Invalid(path, Schedule, "cannot use both timeZone field and TZ or CRON_TZ in schedule");
        }
    }
}

[ApiType("io.k8s.api.batch.v1.CronJobStatus")]
public sealed partial record CronJobStatus
{
    /// <summary>Jobs that run.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<ObjectReference> Active { get; init; }

    /// <summary>When a job was last created.</summary>
    [Field(4)]
    public DateTimeOffset? LastScheduleTime { get; init; }

    /// <summary>When a job last succeeded.</summary>
    [Field(5)]
    public DateTimeOffset? LastSuccessfulTime { get; init; }
}

[ApiType("io.k8s.api.batch.v1.JobTemplateSpec")]
public sealed partial record JobTemplateSpec
{
    /// <summary>Labels and annotations of the jobs.</summary>
    [Field(1, Always = true)]
    public ObjectMeta Metadata { get; init; } = ObjectMeta.Empty;

    /// <summary>The jobs.</summary>
    [Field(2, Always = true)]
    public JobSpec Spec { get; init; } = JobSpec.Empty;

    // Each job gets a selector of its own.
    internal void Validate(FieldPath path, FieldErrors errors)
    {
        JobSpecValidation.Validate(Spec, path, errors);
        if (Spec.Selector is { } selector)
        {
            errors.Invalid(path.Child("selector"), GoSyntax.LabelSelector(selector), "`selector` will be auto-generated");
        }

        if (Spec.ManualSelector == true)
        {
            errors.NotSupported(path.Child("manualSelector"), true, ["nil", "false"]);
        }
    }
}
