using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>A room for names, access rules and quotas.</summary>
[ApiType("io.k8s.api.core.v1.Namespace")]
public sealed partial record Namespace : ApiObject, IResource<Namespace>, IHasStatus, IHasDefaults, IPrepared, ISelectable, IPrintable, IValidated, IValidatedUpdate, IValidatedStatus
{
    public static ResourceInfo Info { get; } = new("", "v1", "Namespace", "namespaces")
    {
        Columns = NamespaceTable.Columns,
        NameRule = NameRules.DnsLabel,
        Namespaced = false,
        ShortNames = ["ns"],
        Verbs = Verbs.Create | Verbs.Delete | Verbs.Get | Verbs.List | Verbs.Patch | Verbs.Update | Verbs.Watch,
        Subresources =
        [
            new("finalize", Verbs.Update),
            new("status", Verbs.GetPatchUpdate),
        ],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public NamespaceSpec Spec { get; init; } = NamespaceSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public NamespaceStatus Status { get; init; } = NamespaceStatus.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => WithNameLabel() with { Status = Status.Phase.Length == 0 ? Status with { Phase = "Active" } : Status };

    // Every namespace is selectable by its name. A generated name is only known to PrepareForCreate.
    private Namespace WithNameLabel() => Metadata.Name.Length == 0
        ? this
        : this with { Metadata = Metadata with { Labels = Metadata.Labels.With("kubernetes.io/metadata.name", Metadata.Name) } };

    /// <summary>The finalizer that empties the namespace before it goes is always there.</summary>
    public ApiObject PrepareForCreate() => WithNameLabel() with
    {
        Spec = Spec with { Finalizers = Spec.Finalizers.Contains("kubernetes") ? Spec.Finalizers : Spec.Finalizers.Add("kubernetes") },
        Status = new NamespaceStatus { Phase = "Active" },
    };

    /// <summary>Finalizers change only through the finalize subresource.</summary>
    public ApiObject PrepareForUpdate(ApiObject old) => this with { Spec = ((Namespace)old).Spec, Status = ((Namespace)old).Status };

    public static IReadOnlyList<string> SelectableFields { get; } = ["name", "status.phase"];

    /// <inheritdoc/>
    public string FieldValue(string field) => field switch
    {
        "name" => Metadata.Name,
        "status.phase" => Status.Phase,
        _ => "",
    };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => NamespaceTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        var path = FieldPath.Root.Child("spec", "finalizers");
        for (var i = 0; i < Spec.Finalizers.Count; i++)
        {
            errors.QualifiedName(path.Index(i), Spec.Finalizers[i]);
            ObjectMetaValidation.ValidateFinalizerName(Spec.Finalizers[i], path.Index(i), errors);
        }
    }

    /// <summary>The name is checked again, now as a label.</summary>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
    }

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors)
    {
        var isEnding = Metadata.DeletionTimestamp is not null;
        if (Status.Phase != (isEnding ? "Terminating" : "Active"))
        {
            errors.Invalid(
                FieldPath.Root.Child("status", "Phase"),
                Status.Phase,
                isEnding ? "may only be 'Terminating' if `deletionTimestamp` is not empty" : "may only be 'Active' if `deletionTimestamp` is empty");
        }
    }

    /// <summary>What the finalize subresource changes: the finalizers of the spec. <see cref="Validate"/> holds for the result.</summary>
    public Namespace PrepareForFinalize(Namespace old) => old with { Metadata = Metadata, Spec = Spec };
}

[ApiType("io.k8s.api.core.v1.NamespaceCondition")]
public sealed partial record NamespaceCondition
{
    /// <summary>What the condition is about, e.g. NamespaceContentRemaining.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>True, False or Unknown.</summary>
    [Field(2, Required = true, Always = true)]
    public string Status { get; init; } = "";

    /// <summary>When the status last changed.</summary>
    [Field(4, Always = true)]
    public DateTimeOffset? LastTransitionTime { get; init; }

    /// <summary>One word in CamelCase that says why, for programs.</summary>
    [Field(5)]
    public string Reason { get; init; } = "";

    /// <summary>What happened, for people.</summary>
    [Field(6)]
    public string Message { get; init; } = "";
}

[ApiType("io.k8s.api.core.v1.NamespaceSpec")]
public sealed partial record NamespaceSpec
{
    /// <summary>What must be done before the namespace goes.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<string> Finalizers { get; init; }
}

[ApiType("io.k8s.api.core.v1.NamespaceStatus")]
public sealed partial record NamespaceStatus
{
    /// <summary>Active, or Terminating once it is deleted.</summary>
    [Field(1, Enum = ["Active", "Terminating"])]
    public string Phase { get; init; } = "";

    /// <summary>What keeps a deleted namespace from going.</summary>
    [Field(2, ListType = "map", MapKeys = "type", PatchStrategy = "merge", PatchMergeKey = "type")]
    public ApiList<NamespaceCondition> Conditions { get; init; }
}
