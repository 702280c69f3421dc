using Petrel.Api.Core;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.RuntimeClasses;

/// <summary>A name for a runtime by which nodes can run pods.</summary>
[ApiType("io.k8s.api.node.v1.RuntimeClass")]
public sealed partial record RuntimeClass : ApiObject, IResource<RuntimeClass>, IHasDefaults, IPrintable, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("node.k8s.io", "v1", "RuntimeClass", "runtimeclasses")
    {
        Namespaced = false,
        Columns = RuntimeClassTable.Columns,
        CreateOnUpdate = true,
        UnconditionalUpdate = false,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>Name that the container runtimes of the nodes have for it. Cannot be changed.</summary>
    [Field(2, Required = true, Always = true)]
    public string Handler { get; init; } = "";

    /// <summary>What running a pod costs besides its containers.</summary>
    [Field(3)]
    public Overhead? Overhead { get; init; }

    /// <summary>Which nodes have the runtime; all of them when left out.</summary>
    [Field(4)]
    public Scheduling? Scheduling { get; init; }

    /// <inheritdoc/>
    public ApiObject WithDefaults() => Overhead is null ? this : this with { Overhead = new() { PodFixed = Overhead.PodFixed.WithDefaults() } };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => RuntimeClassTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        errors.DnsLabel(FieldPath.Root.Child("handler"), Handler);
        if (Overhead is not null)
        {
            new ResourceRequirements { Limits = Overhead.PodFixed }.Validate([], FieldPath.Root.Child("overhead"), errors);
        }

        Scheduling?.Validate(FieldPath.Root.Child("scheduling"), errors);
    }

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
        errors.Immutable(FieldPath.Root.Child("handler"), Handler, ((RuntimeClass)old).Handler);
    }
}

[ApiType("io.k8s.api.node.v1.Overhead")]
public sealed partial record Overhead
{
    /// <summary>Amounts for each pod, by resource.</summary>
    [Field(1)]
    public ApiMap<Quantity> PodFixed { get; init; }
}

[ApiType("io.k8s.api.node.v1.Scheduling")]
public sealed partial record Scheduling
{
    /// <summary>Labels that the nodes have; added to what the pod asks for.</summary>
    [Field(1, MapType = "atomic")]
    public ApiMap<string> NodeSelector { get; init; }

    /// <summary>Taints of the nodes that do not keep the pods away; added to what the pod tolerates.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<Toleration> Tolerations { get; init; }

    // The doubled path of the first rule is upstream's.
    internal void Validate(FieldPath path, FieldErrors errors)
    {
        LabelValidation.ValidateLabels(NodeSelector, path.Child("nodeSelector"), errors);
        Toleration.ValidateAll(Tolerations, path.Child("tolerations").Child("tolerations"), errors);
        for (var i = 1; i < Tolerations.Count; i++)
        {
            if (Tolerations.Take(i).Contains(Tolerations[i]))
            {
                errors.Duplicate(path.Child("tolerations").Index(i), Tolerations[i].GoText);
            }
        }
    }
}
