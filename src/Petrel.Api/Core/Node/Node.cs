using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>A machine on which pods run.</summary>
[ApiType("io.k8s.api.core.v1.Node")]
public sealed partial record Node : ApiObject, IResource<Node>, IHasStatus, IHasDefaults, IPrepared, ISelectable, IPrintable, IValidated, IValidatedUpdate, IValidatedStatus
{
    public static ResourceInfo Info { get; } = new("", "v1", "Node", "nodes")
    {
        Columns = NodeTable.Columns,
        StorageKey = "minions",
        Namespaced = false,
        ShortNames = ["no"],
        Subresources =
        [
            Subresource.Proxy(NodeProxyOptions.Schema),
            new("status", Verbs.GetPatchUpdate),
        ],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>How the node is to be used.</summary>
    [Field(2, Always = true)]
    public NodeSpec Spec { get; init; } = NodeSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public NodeStatus Status { get; init; } = NodeStatus.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Spec = Spec.WithDefaults(), Status = Status.WithDefaults() };

    /// <summary>A node agent registers with its status, so a create keeps it.</summary>
    public ApiObject PrepareForCreate() => this with { Spec = Spec with { ConfigSource = null }, Status = Status with { Config = null } };

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old) => this with
    {
        Spec = ((Node)old).Spec.ConfigSource is null ? Spec with { ConfigSource = null } : Spec,
        Status = ((Node)old).Status,
    };

    public static IReadOnlyList<string> SelectableFields { get; } = ["spec.unschedulable"];

    /// <inheritdoc/>
    public string FieldValue(string field) => field == "spec.unschedulable" ? Spec.Unschedulable ? "true" : "false" : "";

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => NodeTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        Taint.ValidateAll(Spec.Taints, TaintsPath, errors);
        Status.ValidateResources(FieldPath.Root.Child("status"), errors);
        Spec.ValidateRanges(FieldPath.Root.Child("spec", "podCIDRs"), errors);
    }

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        Validate(errors);
        ValidateStatusUpdate(old, errors);
    }

    /// <summary>An update of the status is checked like one of the node, whose spec stays.</summary>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors)
    {
        Status.ValidateResources(FieldPath.Root.Child("status"), errors);
        Status.ValidateAddresses(FieldPath.Root.Child("status", "addresses"), errors);
        Spec.ValidateUpdate(((Node)old).Spec, FieldPath.Root.Child("spec"), errors);
        Taint.ValidateAll(Spec.Taints, TaintsPath, errors);
        if (Spec.ExternalID != ((Node)old).Spec.ExternalID)
        {
            errors.Forbidden(FieldPath.Root.Child("spec", "externalID"), "may not be updated");
        }
    }

    // Where taints once were.
    private static FieldPath TaintsPath => FieldPath.Root.Child("metadata", "taints");
}
