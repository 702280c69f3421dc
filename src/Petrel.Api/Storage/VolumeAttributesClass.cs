using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Storage;

/// <summary>Attributes that a volume can have and change while it is in use, as its CSI driver knows them (KEP-3751).</summary>
[ApiType("io.k8s.api.storage.v1beta1.VolumeAttributesClass")]
public sealed partial record VolumeAttributesClass : ApiObject, IResource<VolumeAttributesClass>, IPrintable, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("storage.k8s.io", "v1beta1", "VolumeAttributesClass", "volumeattributesclasses")
    {
        Columns = VolumeAttributesClassTable.Columns,
        DeleteReturnsObject = true,
        Namespaced = false,
        ShortNames = ["vac"],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>Name of the CSI driver. Cannot be changed.</summary>
    [Field(2, Required = true, Always = true)]
    public string DriverName { get; init; } = "";

    /// <summary>The attributes, which only the driver understands; at least one. Cannot be changed.</summary>
    [Field(3)]
    public ApiMap<string> Parameters { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => VolumeAttributesClassTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        ClassRules.ValidateProvisioner(DriverName, FieldPath.Root.Child("driverName"), errors);
        ClassRules.ValidateParameters(Parameters, isRequired: true, FieldPath.Root.Child("parameters"), errors);
    }

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        var known = (VolumeAttributesClass)old;
        ClassRules.Keep(DriverName == known.DriverName, "driverName", errors);
        ClassRules.Keep(Parameters == known.Parameters, "parameters", errors);
    }
}
