using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.DownwardAPIVolumeFile")]
public sealed partial record DownwardAPIVolumeFile
{
    [Field(1, Required = true, Always = true)]
    public string Path { get; init; } = "";

    [Field(2)]
    public ObjectFieldSelector? FieldRef { get; init; }

    [Field(3)]
    public ResourceFieldSelector? ResourceFieldRef { get; init; }

    [Field(4)]
    public int? Mode { get; init; }

    internal DownwardAPIVolumeFile WithDefaults() => this with { FieldRef = FieldRef?.WithDefaults() };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("path"), Path);
        errors.PathBelowNotReserved(path.Child("path"), Path);
        if (FieldRef is not null)
        {
            FieldRef.Validate(ObjectFieldSelector.VolumeFields, path.Child("fieldRef"), errors);
            if (ResourceFieldRef is not null)
            {
                errors.Invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
            }
        }
        else if (ResourceFieldRef is not null)
        {
            ResourceFieldRef.Validate(isInVolume: true, path.Child("resourceFieldRef"), errors);
        }
        else
        {
            errors.Required(path, "one of fieldRef and resourceFieldRef is required");
        }

        errors.FileMode(path.Child("mode"), Mode);
    }
}
