using Petrel.Api.Autoscaling;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Apps;

/// <summary>Keeps pods running that each have a lasting name and storage of their own.</summary>
[ApiType("io.k8s.api.apps.v1.StatefulSet")]
public sealed partial record StatefulSet : ApiObject, IResource<StatefulSet>, IHasStatus, IHasDefaults, IPrepared, IHasGeneration, IHasScale, IPrintable, IValidated, IValidatedUpdate, IValidatedStatus
{
    public static ResourceInfo Info { get; } = new("apps", "v1", "StatefulSet", "statefulsets")
    {
        Columns = StatefulSetTable.Columns,
        ShortNames = ["sts"],
        Categories = ["all"],
        NameRule = NameRules.DnsLabel,
        Subresources =
        [
            new("scale", Verbs.GetPatchUpdate, new GroupVersionKind("autoscaling", "v1", "Scale")) { Body = Scale.Schema },
            new("status", Verbs.GetPatchUpdate),
        ],
    };

    private const string MutableError =
        "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', "
        + "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public StatefulSetSpec Spec { get; init; } = StatefulSetSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public StatefulSetStatus Status { get; init; } = StatefulSetStatus.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Spec = Spec.WithDefaults() };

    /// <inheritdoc/>
    public ApiObject PrepareForCreate() => this with { Spec = Spec.WithoutDisabledFields(null), Status = StatefulSetStatus.Empty };

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old) => this with
    {
        Spec = Spec.WithoutDisabledFields(((StatefulSet)old).Spec),
        Status = ((StatefulSet)old).Status,
    };

    /// <inheritdoc/>
    public Scale ToScale() => Scale.Of(this, Spec.Replicas, Status.Replicas, Spec.Selector);

    /// <inheritdoc/>
    public ApiObject WithScale(Scale scale) => this with
    {
        Metadata = Metadata with { ResourceVersion = scale.Metadata.ResourceVersion },
        Spec = Spec with { Replicas = scale.Spec.Replicas },
    };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => StatefulSetTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Spec.Validate(isNew: true, FieldPath.Root.Child("spec"), errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        Spec.Validate(isNew: false, FieldPath.Root.Child("spec"), errors);
        var before = ((StatefulSet)old).Spec;
        if (Spec.WithMutableOf(before) != before)
        {
            errors.Forbidden(FieldPath.Root.Child("spec"), MutableError);
        }
    }

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors) =>
        Status.Validate(((StatefulSet)old).Status, FieldPath.Root.Child("status"), errors);
}
