using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Storage;

/// <summary>The CSI drivers of a node; named like the node, whose agent writes it.</summary>
[ApiType("io.k8s.api.storage.v1.CSINode")]
public sealed partial record CSINode : ApiObject, IResource<CSINode>, IPrepared, IPrintable, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("storage.k8s.io", "v1", "CSINode", "csinodes")
    {
        Columns = CSINodeTable.Columns,
        DeleteReturnsObject = true,
        Namespaced = false,
        UnconditionalUpdate = false,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>The drivers.</summary>
    [Field(2, Required = true, Always = true)]
    public CSINodeSpec Spec { get; init; } = CSINodeSpec.Empty;

    /// <summary>Empty lists and none are stored alike, as null.</summary>
    public ApiObject PrepareForCreate() => this with { Spec = Spec.WithoutEmptyLists() };

    /// <inheritdoc cref="PrepareForCreate"/>
    public ApiObject PrepareForUpdate(ApiObject old) => PrepareForCreate();

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => CSINodeTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Spec.Validate(FieldPath.Root.Child("spec", "drivers"), errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        for (var i = 0; i < 2; i++)
        {
            // Upstream checks the object as a new one first, and then again as a changed one.
            ObjectMetaValidation.ValidateCreate(this, Info, errors);
            Validate(errors);
        }

        Spec.ValidateUpdate(((CSINode)old).Spec, FieldPath.Root.Child("spec", "drivers"), errors);
    }
}

[ApiType("io.k8s.api.storage.v1.CSINodeSpec")]
public sealed partial record CSINodeSpec
{
    /// <summary>The drivers that run on the node.</summary>
    [Field(1, Required = true, Always = true, ListType = "map", MapKeys = "name", PatchStrategy = "merge", PatchMergeKey = "name")]
    public ApiList<CSINodeDriver> Drivers { get; init; }

    internal CSINodeSpec WithoutEmptyLists() => new()
    {
        Drivers = Drivers.NilIfEmpty.ConvertAll(static driver => driver with { TopologyKeys = driver.TopologyKeys.NilIfEmpty }),
    };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Drivers.Count; i++)
        {
            Drivers[i].Validate(names, path.Index(i), errors);
        }
    }

    /// <summary>Drivers come and go, but none changes.</summary>
    internal void ValidateUpdate(CSINodeSpec old, FieldPath path, FieldErrors errors)
    {
        foreach (var known in old.Drivers)
        {
            foreach (var driver in Drivers)
            {
                if (driver.Name == known.Name && driver != known)
                {
                    errors.Invalid(path, driver.GoText, "field is immutable");
                }
            }
        }
    }
}

[ApiType("io.k8s.api.storage.v1.CSINodeDriver")]
public sealed partial record CSINodeDriver
{
    private const int NodeIDBytesMax = 256;

    /// <summary>Name of the driver.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>What the driver calls the node.</summary>
    [Field(2, Required = true, Always = true)]
    public string NodeID { get; init; } = "";

    /// <summary>Labels of the node that say from where its volumes can be reached.</summary>
    [Field(3, Always = true, ListType = "atomic")]
    public ApiList<string> TopologyKeys { get; init; }

    /// <summary>How many volumes of the driver the node can have; any number when left out.</summary>
    [Field(4)]
    public VolumeNodeResources? Allocatable { get; init; }

    internal Verbatim GoText => new(
        $"storage.CSINodeDriver{{Name:{GoSyntax.Quote(Name)}, NodeID:{GoSyntax.Quote(NodeID)}, TopologyKeys:{GoSyntax.Strings(TopologyKeys)}, "
        + $"Allocatable:{GoSyntax.Pointer("storage.VolumeNodeResources", Allocatable)}}}");

    internal void Validate(HashSet<string> names, FieldPath path, FieldErrors errors)
    {
        errors.DriverName(path.Child("name"), Name);
        errors.NotEmpty(path.Child("nodeID"), NodeID);
        if (NameFormats.Bytes(NodeID) > NodeIDBytesMax)
        {
            errors.Invalid(path.Child("nodeID"), NodeID, "must be 256 characters or less");
        }

        errors.NonNegative(path.Child("allocatable", "count"), Allocatable?.Count ?? 0);
        if (!names.Add(Name))
        {
            errors.Duplicate(path.Child("name"), Name);
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in TopologyKeys)
        {
            errors.NotEmpty(path, key);
            if (!keys.Add(key))
            {
                errors.Duplicate(path, key);
            }

            errors.QualifiedName(path, key);
        }
    }
}

[ApiType("io.k8s.api.storage.v1.VolumeNodeResources")]
public sealed partial record VolumeNodeResources
{
    /// <summary>Most volumes that can be used on the node at a time; any number when left out.</summary>
    [Field(1)]
    public int? Count { get; init; }
}
