using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Storage;

/// <summary>How much storage a CSI driver has for a class in a part of the cluster.</summary>
[ApiType("io.k8s.api.storage.v1.CSIStorageCapacity")]
public sealed partial record CSIStorageCapacity : ApiObject, IResource<CSIStorageCapacity>, IHasDefaults, IValidated, IValidatedUpdate, IWarnsOnCreate, IWarnsOnUpdate
{
    public static ResourceInfo Info { get; } = new("storage.k8s.io", "v1", "CSIStorageCapacity", "csistoragecapacities") { UnconditionalUpdate = false };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>Nodes from which the storage can be reached; none when left out. Cannot be changed.</summary>
    [Field(2)]
    public LabelSelector? NodeTopology { get; init; }

    /// <summary>Name of the class. Cannot be changed.</summary>
    [Field(3, Required = true, Always = true)]
    public string StorageClassName { get; init; } = "";

    /// <summary>How much there is; unknown when left out.</summary>
    [Field(4)]
    public Quantity? Capacity { get; init; }

    /// <summary>The largest volume that can be made; unknown when left out.</summary>
    [Field(5)]
    public Quantity? MaximumVolumeSize { get; init; }

    /// <summary>The API keeps nothing finer than thousandths.</summary>
    public ApiObject WithDefaults() => this with { Capacity = Capacity?.RoundUp(-3), MaximumVolumeSize = MaximumVolumeSize?.RoundUp(-3) };

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        NodeTopology?.Validate(FieldPath.Root.Child("nodeTopology"), errors);
        errors.DnsSubdomain(FieldPath.Root.Child("storageClassName"), StorageClassName);
        if (Capacity is { Sign: < 0 } capacity)
        {
            errors.Invalid(FieldPath.Root.Child("capacity"), capacity.ToString(), "must be greater than or equal to 0");
        }
    }

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        var known = (CSIStorageCapacity)old;
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
        if (NodeTopology != known.NodeTopology)
        {
            errors.Invalid(FieldPath.Root.Child("nodeTopology"), GoSyntax.LabelSelectorOrNull(NodeTopology), "field is immutable");
        }

        errors.Immutable(FieldPath.Root.Child("storageClassName"), StorageClassName, known.StorageClassName);
    }

    /// <inheritdoc/>
    public IEnumerable<string> CreateWarnings()
    {
        var (path, selector) = (FieldPath.Root.Child("nodeTopology"), NodeTopology ?? LabelSelector.Empty);
        for (var i = 0; i < selector.MatchExpressions.Count; i++)
        {
            var key = selector.MatchExpressions[i].Key;
            if (NodeLabelNames.Deprecation(key) is { } deprecation)
            {
                yield return $"{path.Child("matchExpressions").Index(i).Child("key")}: {key} is {deprecation}";
            }
        }

        foreach (var label in selector.MatchLabels.Keys)
        {
            if (NodeLabelNames.Deprecation(label) is { } deprecation)
            {
                yield return $"{path.Child("matchLabels").Child(label)}: {deprecation}";
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerable<string> UpdateWarnings(ApiObject old) => CreateWarnings();
}
