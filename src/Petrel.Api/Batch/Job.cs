using System.Globalization;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Batch;

/// <summary>Runs pods until enough of them have succeeded.</summary>
[ApiType("io.k8s.api.batch.v1.Job")]
public sealed partial record Job : ApiObject, IResource<Job>, IHasStatus, IHasDefaults, IPrepared, IHasGeneration, ISelectable, ICompletedWhenStored, IPrintable, IValidated, IValidatedUpdate, IValidatedStatus
{
    public static ResourceInfo Info { get; } = new("batch", "v1", "Job", "jobs")
    {
        Columns = JobTable.Columns,
        Categories = ["all"],
        OrphansByDefault = true,
        Subresources = [new("status", Verbs.GetPatchUpdate)],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public JobSpec Spec { get; init; } = JobSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public JobStatus Status { get; init; } = JobStatus.Empty;

    /// <summary>A job without labels has its template's: the same map, so that it also gets the labels that are generated for the template.</summary>
    public ApiObject WithDefaults() => this with
    {
        Metadata = Metadata.Labels.IsEmpty && !Spec.Template.Metadata.Labels.IsEmpty ? Metadata with { Labels = Spec.Template.Metadata.Labels } : Metadata,
        Spec = Spec.WithDefaults(),
    };

    /// <inheritdoc/>
    public ApiObject PrepareForCreate()
    {
        var hasLabelsOfTemplate = !Metadata.Labels.IsEmpty && Metadata.Labels.Span == Spec.Template.Metadata.Labels.Span;
        var spec = (Spec.ManualSelector == true ? Spec : GeneratedSelector.AddTo(Spec, Metadata)).WithoutDisabledFields(null);
        return this with
        {
            Metadata = hasLabelsOfTemplate ? Metadata with { Labels = spec.Template.Metadata.Labels } : Metadata,
            Spec = spec,
            Status = JobStatus.Empty,
        };
    }

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old) => this with
    {
        Spec = Spec.WithoutDisabledFields(((Job)old).Spec),
        Status = ((Job)old).Status,
    };

    /// <summary>Where neither job nor template had labels, the generated ones become the job's, too.</summary>
    public ApiObject CompleteForStorage() =>
        Metadata.Labels.IsEmpty ? this with { Metadata = Metadata with { Labels = Spec.Template.Metadata.Labels } } : this;

    public static IReadOnlyList<string> SelectableFields { get; } = ["status.successful"];

    /// <inheritdoc/>
    public static string UnsupportedField(string label) => $"field label \"{label}\" not supported for Job";

    /// <inheritdoc/>
    public string FieldValue(string field) => field == "status.successful" ? Status.Succeeded.ToString(CultureInfo.InvariantCulture) : "";

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => JobTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Validate(requiresPrefixedLabels: true, errors);

    /// <summary>The spec is checked twice, as upstream lists every problem of an update twice.</summary>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        var job = (Job)old;
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(GeneratedSelector.HasPrefixedLabels(job.Spec.Template.Metadata.Labels), errors);
        Spec.ValidateWithSelector(FieldPath.Root.Child("spec"), errors);
        JobUpdateValidation.Validate(Spec, job, FieldPath.Root.Child("spec"), errors);
    }

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors) => JobStatusValidation.Validate(this, (Job)old, FieldPath.Root.Child("status"), errors);

    private void Validate(bool requiresPrefixedLabels, FieldErrors errors)
    {
        GeneratedSelector.Validate(this, requiresPrefixedLabels, errors);
        Spec.ValidateWithSelector(FieldPath.Root.Child("spec"), errors);
        if (!Spec.IsIndexed || Spec.Completions is not > 0)
        {
            return;
        }

        // Pods of an indexed job are named after it and their index.
        var longest = string.Create(CultureInfo.InvariantCulture, $"{Metadata.Name}-{Spec.Completions - 1}");
        if (NameFormats.DnsLabel(longest).Any())
        {
            errors.Invalid(FieldPath.Root.Child("metadata", "name"), Metadata.Name, $"will not able to create pod with invalid DNS label: {longest}");
        }
    }
}
