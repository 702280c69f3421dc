using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>One stable address for a group of pods.</summary>
[ApiType("io.k8s.api.core.v1.Service")]
public sealed partial record Service : ApiObject, IResource<Service>, IHasStatus, IHasDefaults, IPrepared, ISelectable, IPrintable, IValidated, IValidatedUpdate, IValidatedStatus
{
    public static ResourceInfo Info { get; } = new("", "v1", "Service", "services")
    {
        Columns = ServiceTable.Columns,
        StorageKey = "services/specs",
        NameRule = NameRules.Dns1035Label,
        CreateOnUpdate = true,
        DeleteReturnsObject = true,
        ShortNames = ["svc"],
        Categories = ["all"],
        Subresources =
        [
            Subresource.Proxy(ServiceProxyOptions.Schema),
            new("status", Verbs.GetPatchUpdate),
        ],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public ServiceSpec Spec { get; init; } = ServiceSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public ServiceStatus Status { get; init; } = ServiceStatus.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with
    {
        Spec = Spec.WithDefaults(),
        Status = Spec.Type == "LoadBalancer" ? Status with { LoadBalancer = Status.LoadBalancer.WithDefaults() } : Status,
    };

    /// <inheritdoc/>
    public ApiObject PrepareForCreate() => this with { Spec = ServiceUpdate.Normalize(Spec, null), Status = ServiceStatus.Empty };

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old) => this with
    {
        Spec = ServiceUpdate.Apply(Spec, ((Service)old).Spec),
        Status = ((Service)old).Status,
    };

    public static IReadOnlyList<string> SelectableFields { get; } = ["spec.clusterIP", "spec.type"];

    /// <inheritdoc/>
    public string FieldValue(string field) => field switch
    {
        "spec.clusterIP" => Spec.ClusterIP,
        "spec.type" => Spec.Type,
        _ => "",
    };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => ServiceTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => ServiceValidation.Validate(Spec, Metadata.Annotations, FieldPath.Root.Child("spec"), errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ServiceValidation.ValidateUpdate(Spec, ((Service)old).Spec, FieldPath.Root.Child("spec"), errors);
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
    }

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors) =>
        Status.LoadBalancer.Validate(Spec.Type, FieldPath.Root.Child("status", "loadBalancer"), errors);
}
